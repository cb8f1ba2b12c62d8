# Spanish: demo
