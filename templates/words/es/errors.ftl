# Spanish: errors
