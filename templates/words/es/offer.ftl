# Spanish: offer
