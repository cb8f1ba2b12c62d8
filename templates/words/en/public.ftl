# English: public
