# Lo que las páginas dicen por sí mismas. Un sitio cambia una frase en themes/<su tema>/words/es.ftl.

## En todas las páginas
skip = Saltar al contenido
menu = Menú
menu-main = Principal
trail = Usted está aquí
home-page = La página de inicio
hours = Horario
subscribe = Suscribirse a todas las actividades
calendar-of-all = Todas las actividades, como calendario
news-feed = Noticias por suscripción
branches-and-hours = Bibliotecas y horarios
other-language = Esta página en español
only-in = Esta página está escrita en { $language }.

notices = Avisos
level-notice = Aviso
level-warning = Atención
level-emergency = Emergencia
today-closed = Cerrado el { $day }: { $names }.
today-closed-for = Cerrado el { $day } ({ $reason }): { $names }.
today-open = Abierto { $hours } el { $day }: { $names }.
today-open-for = Abierto { $hours } el { $day } ({ $reason }): { $names }.
all-branches = todas las bibliotecas
branches-count = { $count } bibliotecas

## Listas de actividades
whats-on = Actividades
whats-on-in = Actividades de { $month }
whats-on-for = Actividades: { $name }
agenda-description = Las actividades de { $library }, día por día.
all-programs = Todas las actividades, día por día
month-as-calendar = El mes como calendario
month-as-list = { $month } como lista
month-as-table = { $month } como calendario
month-table = Actividades de { $month }, una semana por fila
calendar-of = Calendario: { $month }
subscribe-in-calendar = Suscribirse a todas las actividades en su calendario
calendar-file = Descargar el archivo de calendario
programs = { $count ->
    [0] Ninguna actividad
    [1] 1 actividad
   *[other] { $count } actividades
 }
programs-between = { $count ->
    [0] Ninguna actividad del { $from } al { $to }
    [1] 1 actividad del { $from } al { $to }
   *[other] { $count } actividades del { $from } al { $to }
 }
today = Hoy,
this-week = Esta semana
next-days = Los próximos días
later = Más adelante
coming-up = Próximamente
day-by-day = Día por día
all-for-today = Eso fue todo por hoy.
day-is-empty = No hay actividades este día.
weeks-are-empty = No hay nada previsto en estas semanas.
month-is-empty = No hay actividades previstas en { $month }.
month-was-empty = No hubo actividades en { $month }.
month-nothing-new = Nada nuevo comienza en { $month }.
still-on = Continúa en { $month }:
until = Hasta el { $day }
until-small = hasta el
for = Para
for-small = para
at = En
months = Meses
other-months = Otros meses
moved-from = Cambió de fecha: estaba prevista para el { $when }.

## Una actividad
when = Cuándo
next = Próxima fecha
was = Fue
is-over = Ya terminó.
next-one-is = La próxima es el { $when }.
repeats = Se repite
where = Dónde
online = En línea
online-small = en línea
and-online = { $place } y en línea
online-at = En línea, en { $host }
cost = Precio
with = Con
part-of = Parte de
ask = Informes
sign-up-at = Inscribirse en { $host }
what = Qué es
sign-up = Inscripción
sign-up-by = Inscríbase antes del { $when }.
sign-up-opens = La inscripción abre el { $when }.
sign-up-closed = La inscripción está cerrada.
sign-up-closed-since = La inscripción cerró el { $when }.
sign-up-required = Es necesario inscribirse.
sign-up-welcome = Puede inscribirse, pero también puede venir sin inscripción.
no-sign-up = No es necesario inscribirse.
sign-up-by-email = Inscribirse por correo electrónico: { $host }
sign-up-by-phone = Inscribirse por teléfono, { $host }
wait-at = Unirse a la lista de espera en { $host }
wait-by-email = Unirse a la lista de espera por correo electrónico: { $host }
wait-by-phone = Unirse a la lista de espera por teléfono, { $host }
places = { $count ->
    [1] 1 lugar.
   *[other] { $count } lugares.
 }
places-taken = No quedan lugares.
all-places-taken = { $count ->
    [1] El único lugar está ocupado.
   *[other] Los { $count } lugares están ocupados.
 }
waiting-list = No quedan lugares, pero hay una lista de espera.
day-at = { $day }, { $time }
us = a la biblioteca
help-ask = ¿Necesita un intérprete u otra ayuda? Pregunte: { $whom }.
help-ask-by = ¿Necesita un intérprete u otra ayuda? Pregunte antes del { $when }: { $whom }.
help-ask-late = ¿Necesita un intérprete u otra ayuda? Pregunte pronto: { $whom }. La fecha límite era el { $when }.
accommodations = Accesibilidad
paid-by = Con el apoyo de
kind-one-on-one = Ayuda individual, con cita
kind-self-directed = Por su cuenta: venga cuando quiera mientras dure
kind-outreach-visit = Vamos a usted: una visita fuera de la biblioteca
kind-meeting = Una reunión de una junta o un comité
add-to-calendar = Agregar a mi calendario
next-dates = Próximas fechas
past-dates = Fechas pasadas
and-so-on = Y así sucesivamente: su calendario las tiene todas.
more-in = Más en { $name }
no-dates = No hay fechas previstas por ahora.
status-cancelled = Cancelado
status-postponed = Aplazado
status-full = Completo
status-moved-online = Ahora en línea

## Programas, bibliotecas, noticias, páginas
programs-list = Programas
next-is = Próxima fecha:
branches = Bibliotecas
phone = Teléfono
email = Correo electrónico
access = Cómo entrar
map = Ver en OpenStreetMap
hours-this-week = Horario de esta semana
hours-of-this-week = Horario de { $name } esta semana
closings = Cierres y otros horarios
season = { $name }, del { $from } al { $to }
season-rest = Los demás días, como siempre.
to = a
next-here = Próximas actividades aquí
none-here = No hay actividades previstas aquí por ahora.
news = Noticias
other-news = Otras noticias
newer = Más reciente:
older = Anterior:
in-this-part = En esta sección
not-found = Esta página no está aquí
not-found-title = Página no encontrada
not-found-ways = Puede haber un error en la dirección, o la página cambió de lugar. Desde aquí puede seguir:
ask-us = O pregúntenos:
page-moved = Esta página cambió de lugar
page-moved-to = Ahora está aquí:

## Shortcodes
callout-note = Nota
callout-tip = Es bueno saberlo
callout-warning = Atención
video-on = Video en { $host }
map-of = Mostrar { $place } en OpenStreetMap
all-over = Eso fue todo por ahora.

## Para el script, que pone la hora en lugar de `%`
open-until = Abierta hasta { $time }
closed-opens = Cerrada, abre { $time }
closed-opens-at = Cerrada, abre a las { $time }
noon = el mediodía
midnight = la medianoche
am = a. m.
pm = p. m.
