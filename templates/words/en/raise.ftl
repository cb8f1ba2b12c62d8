# English: raise
