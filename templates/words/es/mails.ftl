# Spanish: mails
