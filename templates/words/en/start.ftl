# English: the first steps of a new desk.

start-h1 = First steps
start-lead = { $n ->
    [one] 1 step is open.
   *[other] { $n } steps are open.
}
start-all-done = All of this is done or skipped. Thank you. There is nothing more to do here.
start-how = Take them in any order, and skip what is not for you. All coordinators see the same list.
start-not-begun = Not started
start-done = Done on { $day }
start-skipped = Skipped on { $day }
start-skip = Skip

start-mail-out-h2 = Mail goes out
start-mail-out = Send yourself a test. It comes to your own mailbox. Did it arrive? Type the numbers.
start-test = Send me a test mail
start-test-again = Send one more test mail
start-digits = The 8 digits from the test mail
start-digits-hint = It can take 10 minutes. Nothing there? Look in your spam folder, then tell whoever runs this service.
start-digits-go = It arrived
start-digits-wrong = These are not the digits of the test mail. Look at the newest one.

start-mail-in-h2 = Mail comes in
start-mail-in = Answer the test mail with any words. When your answer is here, this says done.
start-look = Look again

start-numbers-h2 = Numbers to call
start-numbers = Read them. Do they fit where your people live?
start-numbers-link = See the numbers
start-numbers-go = I have read them

start-rota = Done when someone takes this week or next week. Mail about people who wait then goes to them.
start-rota-link = Take a week

start-sheet-h2 = The first sheet
start-sheet = Print the sheet for a meeting and take it with you.
start-sheet-link = See the sheet
start-sheet-go = Printed
start-open = { $n ->
    [one] First steps: { $n } is left
   *[other] First steps: { $n } are left
}
