# English: paper for the next meeting. Most of what it says stands in public.ftl and raise.ftl.

paper-kinds = Paper for the next meeting
paper-sheet = A sheet for the meeting
paper-flyer = A flyer with strips to tear off
paper-how = Print this page from the menu of your browser. Only the paper below comes out, on one page.
paper-square = The address below, as a square to scan
paper-sheet-h1 = Who can sponsor this week?
paper-sheet-lead = Put your hand up, then scan.
paper-sheet-ticks = You can, if this is true
paper-flyer-ask = A first name is enough.
paper-flyer-strips = Take one with you. It has an address on it, and nothing else.
