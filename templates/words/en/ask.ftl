# English: ask
