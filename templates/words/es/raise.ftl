# Spanish: raise
