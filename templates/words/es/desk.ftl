# Spanish: desk
