# Spanish: mine
