# English: desk
