# Spanish: ask
