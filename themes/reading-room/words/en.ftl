# What pages say by themselves. A site changes a sentence in themes/<its theme>/words/en.ftl.

## On every page
skip = Skip to the content
menu = Menu
menu-main = Main
trail = You are here
home-page = The home page
hours = Hours
subscribe = Subscribe to all programs
calendar-of-all = All programs, as a calendar
news-feed = News as a feed
branches-and-hours = Branches and hours
other-language = This page in English
only-in = This page is written in { $language }.

notices = Notices
level-notice = Notice
level-warning = Warning
level-emergency = Emergency
today-closed = Closed on { $day }: { $names }.
today-closed-for = Closed on { $day } for { $reason }: { $names }.
today-open = Open { $hours } on { $day }: { $names }.
today-open-for = Open { $hours } on { $day } for { $reason }: { $names }.
all-branches = all branches
branches-count = { $count } branches

## Lists of programs
whats-on = What’s on
whats-on-in = What’s on in { $month }
whats-on-for = What’s on: { $name }
agenda-description = Programs and events at { $library }, day by day.
all-programs = All programs, day by day
month-as-calendar = The month as a calendar
month-as-list = { $month } as a list
month-as-table = { $month } as a calendar
month-table = Programs in { $month }, a week a row
calendar-of = Calendar: { $month }
subscribe-in-calendar = Subscribe to all programs in your calendar
calendar-file = Fetch the calendar file
programs = { $count ->
    [0] No programs
    [1] 1 program
   *[other] { $count } programs
 }
programs-between = { $count ->
    [0] No programs from { $from } to { $to }
    [1] 1 program from { $from } to { $to }
   *[other] { $count } programs from { $from } to { $to }
 }
today = Today,
this-week = This week
next-days = The next days
later = Later
coming-up = Coming up
day-by-day = Day by day
all-for-today = That was all for today.
day-is-empty = No programs on this day.
weeks-are-empty = Nothing is planned in these weeks.
month-is-empty = No programs are planned for { $month }.
month-was-empty = There were no programs in { $month }.
month-nothing-new = Nothing new begins in { $month }.
still-on = Still on in { $month }:
until = Until { $day }
until-small = until
for = For
for-small = for
at = At
months = Months
other-months = Other months
moved-from = Moved from { $when }.

## An event
when = When
next = Next
was = Was
is-over = This is over.
next-one-is = The next one is { $when }.
repeats = Repeats
where = Where
online = Online
online-small = online
and-online = { $place } and online
online-at = Online, at { $host }
cost = Cost
with = With
part-of = Part of
ask = Ask
sign-up-at = Sign up at { $host }
what = What
sign-up = Sign-up
sign-up-by = Sign up by { $when }.
sign-up-opens = Sign-up opens { $when }.
sign-up-closed = Sign-up is closed.
sign-up-closed-since = Sign-up closed { $when }.
sign-up-required = Sign-up is required.
sign-up-welcome = Sign-up is welcome, but you can come without.
no-sign-up = No sign-up needed.
sign-up-by-email = Sign up by e-mail to { $host }
sign-up-by-phone = Sign up by telephone, { $host }
wait-at = Join the waiting list at { $host }
wait-by-email = Join the waiting list by e-mail to { $host }
wait-by-phone = Join the waiting list by telephone, { $host }
places = { $count ->
    [1] 1 place.
   *[other] { $count } places.
 }
places-taken = All places are taken.
all-places-taken = { $count ->
    [1] The one place is taken.
   *[other] All { $count } places are taken.
 }
waiting-list = All places are taken, and there is a waiting list.
day-at = { $day } at { $time }
us = us
help-ask = Need an interpreter or other help? Ask { $whom }.
help-ask-by = Need an interpreter or other help? Ask { $whom } by { $when }.
help-ask-late = Need an interpreter or other help? Ask { $whom }, soon: the day to ask by was { $when }.
accommodations = Access
paid-by = Paid for by
kind-one-on-one = One-on-one help, by appointment
kind-self-directed = On your own: come at any time while it is on
kind-outreach-visit = We come to you: a visit outside the library
kind-meeting = A meeting of a board or committee
add-to-calendar = Add to my calendar
next-dates = Next dates
past-dates = Past dates
and-so-on = And so on: your calendar has them all.
more-in = More in { $name }
no-dates = No dates are planned at present.
status-cancelled = Cancelled
status-postponed = Postponed
status-full = Full
status-moved-online = Moved online

## Programs, branches, news, pages
programs-list = Programs
next-is = Next:
branches = Branches
phone = Phone
email = E-mail
access = Getting in
map = Show on OpenStreetMap
hours-this-week = Hours this week
hours-of-this-week = Hours of { $name } this week
closings = Closings and other hours
season = { $name } from { $from } to { $to }
season-rest = The other days are as usual.
to = to
next-here = Next programs here
none-here = No programs are planned here at present.
news = News
other-news = Other news
newer = Newer:
older = Older:
in-this-part = In this part
not-found = This page is not here
not-found-title = Page not found
not-found-ways = The address may have a slip in it, or the page has moved. These ways lead on:
ask-us = Or ask us:
page-moved = This page has moved
page-moved-to = It is now here:

## Shortcodes
callout-note = Note
callout-tip = Good to know
callout-warning = Please note
video-on = Video on { $host }
map-of = Show { $place } on OpenStreetMap
all-over = That was all of these for now.

## For the script; `%` is filled in by it
open-until = Open now until { $time }
closed-opens = Closed, opens { $time }
closed-opens-at = Closed, opens at { $time }
noon = noon
midnight = midnight
am = am
pm = pm
