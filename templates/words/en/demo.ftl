# English: demo
demo-banner = This is a demo. Everyone in it is made up, and no mail leaves this machine.
demo-back = Back to the demo
