use handbill::{
    calendar::*,
    content::{self, Drafts},
    settings,
    source::*,
};
fn main() {
    let mut t: Vec<(String, String)> =
        vec![("content/branches/main.md".into(), "---\ntitle: Main\nrooms: [Children's Room]\n---\n".into())];
    for i in 0..10000 {
        t.push((format!("content/events/{}/event-{i}.md", i%50), format!("---\ntitle: \"Event {i}: Toddler Story Time\"\nid: event-{i}\nstarts: 2026-12-03 10:30\nends: 11:15\nrepeats: every Thursday until 2027-03-25\nskips: [2026-12-24, 2026-12-31]\nbranch: main\nroom: Children's Room\naudience: [toddlers, families]\ntopics: [stories]\nsummary: Songs, rhymes and picture books for ages 1 to 3 with a grown-up.\ncost: free\ncontact: Children's desk, 518-555-0112\nchanges:\n  2026-12-17: {{ status: cancelled, note: Snow day. }}\n---\nSongs *and* rhymes, with [hours](../../branches/main.md) and more words that go on for a while.\n\n## What to bring\n\n- a blanket\n- a grown-up\n\nMore **words** about it, as there would be on a page about an event that takes place every week of the year but one.\n")));
    }
    let files = Files::of_texts(t);
    let s = settings::read(&settings::file(), "[site]\ntitle=\"L\"\nbase_url=\"https://l.example.org\"\ntimezone=\"America/New_York\"\n")
        .0
        .unwrap();
    let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
    for _ in 0..5 {
        let b = std::time::Instant::now();
        let (l, w) = content::read(&files, &s, Drafts::LeftOut, Now::new(at, s.site.zone));
        println!("{:?} {} {}", b.elapsed(), l.events.len(), w.iter().count());
    }
}
