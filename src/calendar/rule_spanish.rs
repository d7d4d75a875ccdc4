//! The Spanish words of `repeats:`. Written without accents here, and read with or without them.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

use super::rule_words::Meaning::{
    Adverb, Always, And, Day, Every, Exactly, Except, Fold, For, From, Joint, Month, Number, Ordinal, Other, Times, To, TwoWays,
    Unit as Span, Until, Weekdays, Weekend,
};
use super::rule_words::{Entry, Unit, digits};

const QUINCENAL: &str = "write \"cada 2 semanas los {day}\", or \"el 1 y 15 de cada mes\"";
const BISEMANAL: &str = "write \"cada 2 semanas los {day}\", or \"dos veces por semana los martes y jueves\"";
const BIMENSUAL: &str = "write \"cada 2 meses el primer {day}\", or \"dos veces al mes el 1 y 15\"";
const BIANUAL: &str = "write \"cada 6 meses el primer {day}\", or \"cada 2 años\"";

/// The words to offer for one that is not known.
#[rustfmt::skip]
pub(super) const VOCABULARY: &[&str] = &[
    "cada", "todos", "todas", "diariamente", "semanalmente", "mensualmente", "trimestralmente", "semestralmente", "anualmente", "día", "días",
    "semana", "semanas", "mes", "meses", "año", "años", "laborable", "laborables", "primer", "primero", "segundo", "tercer", "cuarto", "quinto",
    "último", "penúltimo", "hasta", "desde", "excepto", "durante", "veces", "alternos", "lunes", "martes", "miércoles", "jueves", "viernes",
    "sábado", "sábados", "domingo", "domingos", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
];

#[rustfmt::skip]
pub(super) const TABLE: &[Entry] = &[
    ("cada", Every), ("todos", Every), ("todas", Every), ("todo", Every), ("toda", Every),
    ("alterno", Other), ("alternos", Other), ("alterna", Other), ("alternas", Other), ("de por medio", Other),
    ("si y otro no", Other), ("si y otra no", Other), ("si otro no", Other), ("si otra no", Other), ("si y uno no", Other),
    ("si y una no", Other), ("por medio", Other),
    ("lunes", Day(Mon)), ("lun", Day(Mon)), ("martes", Day(Tue)), ("mar", Day(Tue)), ("miercoles", Day(Wed)), ("mie", Day(Wed)),
    ("jueves", Day(Thu)), ("jue", Day(Thu)), ("viernes", Day(Fri)), ("vie", Day(Fri)), ("sabado", Day(Sat)), ("sabados", Day(Sat)),
    ("sab", Day(Sat)), ("domingo", Day(Sun)), ("domingos", Day(Sun)), ("dom", Day(Sun)),
    ("entre semana", Weekdays), ("dia laborable", Weekdays), ("dias laborables", Weekdays), ("dia habil", Weekdays),
    ("dias habiles", Weekdays), ("dia de semana", Weekdays), ("dias de semana", Weekdays), ("dia entre semana", Weekdays),
    ("dias entre semana", Weekdays), ("laborables", Weekdays),
    ("fin de semana", Weekend), ("fines de semana", Weekend),
    ("dia", Span(Unit::Day, 1)), ("dias", Span(Unit::Day, 1)),
    ("semana", Span(Unit::Week, 1)), ("semanas", Span(Unit::Week, 1)),
    ("mes", Span(Unit::Month, 1)), ("meses", Span(Unit::Month, 1)),
    ("bimestre", Span(Unit::Month, 2)), ("bimestres", Span(Unit::Month, 2)),
    ("trimestre", Span(Unit::Month, 3)), ("trimestres", Span(Unit::Month, 3)),
    ("semestre", Span(Unit::Month, 6)), ("semestres", Span(Unit::Month, 6)),
    ("año", Span(Unit::Year, 1)), ("años", Span(Unit::Year, 1)),
    ("diario", Adverb(Unit::Day, 1)), ("a diario", Adverb(Unit::Day, 1)), ("diariamente", Adverb(Unit::Day, 1)),
    ("semanal", Adverb(Unit::Week, 1)), ("semanalmente", Adverb(Unit::Week, 1)),
    ("mensual", Adverb(Unit::Month, 1)), ("mensualmente", Adverb(Unit::Month, 1)),
    ("bimestral", Adverb(Unit::Month, 2)), ("bimestralmente", Adverb(Unit::Month, 2)),
    ("trimestral", Adverb(Unit::Month, 3)), ("trimestralmente", Adverb(Unit::Month, 3)),
    ("semestral", Adverb(Unit::Month, 6)), ("semestralmente", Adverb(Unit::Month, 6)),
    ("anual", Adverb(Unit::Year, 1)), ("anualmente", Adverb(Unit::Year, 1)),
    ("quincenal", TwoWays(QUINCENAL)), ("quincenalmente", TwoWays(QUINCENAL)), ("quincena", TwoWays(QUINCENAL)),
    ("bisemanal", TwoWays(BISEMANAL)), ("bisemanalmente", TwoWays(BISEMANAL)),
    ("bimensual", TwoWays(BIMENSUAL)), ("bimensualmente", TwoWays(BIMENSUAL)), ("bianual", TwoWays(BIANUAL)),
    ("enero", Month(1)), ("ene", Month(1)), ("febrero", Month(2)), ("feb", Month(2)), ("marzo", Month(3)), ("abril", Month(4)),
    ("abr", Month(4)), ("mayo", Month(5)), ("may", Month(5)), ("junio", Month(6)), ("jun", Month(6)), ("julio", Month(7)), ("jul", Month(7)),
    ("agosto", Month(8)), ("ago", Month(8)), ("septiembre", Month(9)), ("setiembre", Month(9)), ("sep", Month(9)), ("sept", Month(9)),
    ("octubre", Month(10)), ("oct", Month(10)), ("noviembre", Month(11)), ("nov", Month(11)), ("diciembre", Month(12)), ("dic", Month(12)),
    ("el", Joint), ("la", Joint), ("los", Joint), ("las", Joint), ("de", Joint), ("del", Joint), ("en", Joint), ("un", Joint), ("una", Joint),
    ("el mes de", Joint), ("del mes de", Joint), ("los meses de", Joint), ("se repite", Joint), ("todo el año", Always), ("durante todo el año", Always), ("hasta nuevo aviso", Always), ("solo", Always), ("solamente", Always), ("unicamente", Always),
    ("y", And), ("e", And), ("&", And), ("+", And), ("y tambien", And), ("asi como", And),
    ("a", To), ("al", To), ("-", To), ("–", To),
    ("excepto", Except), ("salvo", Except), ("menos", Except), ("exceptuando", Except), ("con excepcion de", Except), ("a excepcion de", Except),
    ("pero no", Except),
    ("hasta", Until), ("y termina", Until), ("termina", Until), ("terminando", Until),
    ("desde", From), ("a partir de", From), ("a partir del", From), ("comenzando", From), ("empezando", From), ("empieza", From),
    ("durante", For), ("por", For), ("por un total de", For),
    ("vez", Times), ("veces", Times), ("sesiones", Times), ("sesion", Times), ("ocasiones", Times), ("fechas", Times), ("clases", Times),
    ("encuentros", Times), ("reuniones", Times),
    ("una vez", Fold(1)), ("una sola vez", Fold(1)),
    ("exactos", Exactly), ("exactamente", Exactly), ("contados", Exactly),
    ("uno", Number(1)), ("dos", Number(2)), ("tres", Number(3)), ("cuatro", Number(4)), ("cinco", Number(5)), ("seis", Number(6)),
    ("siete", Number(7)), ("ocho", Number(8)), ("nueve", Number(9)), ("diez", Number(10)), ("once", Number(11)), ("doce", Number(12)),
    ("quince", Number(15)), ("veinte", Number(20)), ("treinta", Number(30)),
    ("primer", Ordinal(1)), ("primero", Ordinal(1)), ("primeros", Ordinal(1)), ("primera", Ordinal(1)), ("primeras", Ordinal(1)),
    ("segundo", Ordinal(2)), ("segundos", Ordinal(2)), ("segunda", Ordinal(2)),
    ("tercer", Ordinal(3)), ("tercero", Ordinal(3)), ("terceros", Ordinal(3)), ("tercera", Ordinal(3)),
    ("cuarto", Ordinal(4)), ("cuartos", Ordinal(4)), ("cuarta", Ordinal(4)), ("quinto", Ordinal(5)), ("quintos", Ordinal(5)),
    ("quinta", Ordinal(5)), ("sexto", Ordinal(6)), ("septimo", Ordinal(7)), ("octavo", Ordinal(8)), ("noveno", Ordinal(9)),
    ("decimo", Ordinal(10)),
    ("ultimo", Ordinal(-1)), ("ultimos", Ordinal(-1)), ("ultima", Ordinal(-1)), ("penultimo", Ordinal(-2)), ("penultimos", Ordinal(-2)),
    ("penultima", Ordinal(-2)), ("antepenultimo", Ordinal(-3)), ("antepenultimos", Ordinal(-3)),
];

/// "1.º", "3er", "2do", "4to", "20.º"; "6.º desde el final" is told by what follows it.
pub(super) fn ordinal(word: &str) -> Option<i16> {
    let ends = [".º", "º", ".ª", "ª", ".o", ".er", "er", "ro", "do", "to", "mo", "vo", "no", "ra", "da", "ta"];
    let number = ends.iter().find_map(|end| word.strip_suffix(end)).and_then(digits)?;
    i16::try_from(number).ok().filter(|number| (1..=366).contains(number))
}

/// "primer" to "quinto" before a noun, "penúltimo", "último"; beyond them "6.º". None for what has no name: the fourth from the end.
pub(super) fn ordinal_name(nth: i16) -> Option<String> {
    Some(match nth {
        1 => "primer".to_owned(),
        2 => "segundo".to_owned(),
        3 => "tercer".to_owned(),
        4 => "cuarto".to_owned(),
        5 => "quinto".to_owned(),
        6.. => format!("{nth}.º"),
        -1 => "último".to_owned(),
        -2 => "penúltimo".to_owned(),
        -3 => "antepenúltimo".to_owned(),
        _ => return None,
    })
}
