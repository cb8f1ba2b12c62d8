# English: offer
