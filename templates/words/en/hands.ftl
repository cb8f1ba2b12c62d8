# The hands as the desk sees them

hands-count-up = { $n ->
    [one] { $n } up
   *[other] { $n } up
}
hands-count-paused = { $n ->
    [one] { $n } paused
   *[other] { $n } paused
}
hands-count-soon = { $n ->
    [one] { $n } comes down soon
   *[other] { $n } come down soon
}
hands-one-soon = 1 comes down on { $day }
hands-nobody = No sponsors yet. Print a sheet for the next meeting.
hands-print = Print a sheet for the next meeting
hands-soon-h2 = Coming down soon
hands-soon-day = Comes down on { $day }, unless they say that they go on. We asked them.
hands-up-h2 = Up
hands-paused-h2 = Paused
hands-paused-day = Back on { $day }
hands-resting-h2 = Resting
hands-no-order = By first name, in no other order. Who said no to what is kept nowhere on this page.
desk-hands-h2 = Hands
desk-hands-all = See all hands
