# Spanish: public
