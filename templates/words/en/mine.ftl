# English: mine
