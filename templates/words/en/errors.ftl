# English: pages of trouble. Each says what became of the answers, and none says why for a person.
not-here-title = This page is not here
not-here-text = Your request, if you made one, is safe. You can start again from the first page.
sorry-unclear-title = We did not understand that
sorry-unclear-text = Nothing was changed. Go back and try once more.
sorry-large-title = That was too long
sorry-large-text = Nothing was sent. Go back and make it shorter.
sorry-wait-title = Many people are here right now
sorry-wait-text = Nothing is lost. Wait a minute, then try once more.
sorry-busy-title = We are back in a moment
sorry-busy-text = What you sent before is safe. Wait a minute, then try once more.
sorry-bug-title = Something broke on our side
sorry-bug-text = It was not you. What you sent before is safe. What you just typed may not be saved.
sorry-help = Need help now? The numbers work even when this page does not.
sorry-start = Go to the first page
cookies-off-title = Your browser did not keep our cookie
cookies-off-text = We need one small cookie to keep your answers until you send them. Turn cookies on for this site, then ask again.
