# English: errors
