# English: mails
