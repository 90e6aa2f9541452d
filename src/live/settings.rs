//! What the host configures (config.json), what the person prefers, and the demo's fleet.

use rollwatch_core::json::Json;
use rollwatch_core::link::saved;
use rollwatch_core::model::{Provider, Span, Watch};
use rollwatch_core::sign::AccessKey;
use rollwatch_core::view::words::{Lang, Shell};

use super::KeyName;
use super::custody::{Credential, Custody};
use crate::browser::crypto::Typed;
use crate::browser::{clock, document, fetch, number, storage};

/// In which zone times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ZoneChoice {
    #[default]
    Local,
    Utc,
}

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone)]
pub struct Settings {
    pub title: String,
    /// The proxy's absolute address without a trailing slash.
    pub proxy: String,
    pub demo: Option<Demo>,
    /// The regions that the host adds to the catalogue.
    pub regions: Option<Json>,
    pub lang: Lang,
    pub zone: ZoneChoice,
    pub theme: Theme,
    /// What could not be used, in the reader's language.
    pub problems: Vec<String>,
}

/// The fleet of the simulated clouds, with keys that are good nowhere else.
#[derive(Debug, Clone)]
pub struct Demo {
    pub keys: Vec<(KeyName, Credential)>,
    pub watches: Vec<Watch>,
    pub speed: f64,
}

/// How long a document of the page may take to load.
const LOAD_LIMIT: Span = Span::seconds(20);

const LANG: &str = "rollwatch.lang";
const ZONE: &str = "rollwatch.zone";
const THEME: &str = "rollwatch.theme";

/// config.json. A field that is missing has its default; one that is broken or not known is named.
#[derive(Debug)]
struct ConfigFile {
    title: String,
    proxy: String,
    demo: Option<String>,
    regions: Option<Json>,
    /// The names of fields that this version does not know.
    unknown: Vec<String>,
}

/// The fields that a config.json may have.
const FIELDS: [&str; 4] = ["title", "proxy", "demo", "regions"];

impl Default for ConfigFile {
    fn default() -> Self {
        ConfigFile {
            title: "Rollwatch".to_owned(),
            proxy: "./proxy".to_owned(),
            demo: None,
            regions: None,
            unknown: Vec::new(),
        }
    }
}

fn read_config(text: &str) -> Result<ConfigFile, String> {
    let file = Json::read(text).filter(Json::is_object).ok_or("not a JSON object")?;
    let field = |name: &str| match file.get(name) {
        None => Ok(None),
        Some(Json::Text(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!("{name}: {other}")),
    };
    let default = ConfigFile::default();
    Ok(ConfigFile {
        title: field("title")?.unwrap_or(default.title),
        proxy: field("proxy")?.unwrap_or(default.proxy),
        demo: field("demo")?,
        regions: file.get("regions").cloned(),
        unknown: file.names().filter(|name| !FIELDS.contains(name)).map(str::to_owned).collect(),
    })
}

/// Reads config.json and the person's preferences. Whatever is broken has its default and is told.
pub async fn load() -> Settings {
    let lang = chosen_lang();
    let mut problems = Vec::new();
    let mut complain = |reason: String| problems.push(lang.fill(Shell::ConfigBroken, &[&reason]));
    let file = match fetch::load_text("config.json", LOAD_LIMIT).await {
        Ok(text) => read_config(&text),
        Err(_) => Err(lang.say(Shell::NotLoaded).to_owned()),
    };
    let config = file.unwrap_or_else(|reason| {
        complain(reason);
        ConfigFile::default()
    });
    let proxy = document::absolute(&config.proxy).unwrap_or_else(|| {
        complain(format!("proxy: {}", config.proxy));
        document::absolute(&ConfigFile::default().proxy).unwrap_or_default()
    });
    let demo = match &config.demo {
        None => None,
        Some(address) => match load_demo(address).await {
            Ok(demo) => Some(demo),
            Err(reason) => {
                complain(reason);
                None
            }
        },
    };
    if !config.unknown.is_empty() {
        // A misspelt name would otherwise look like a setting that has no effect.
        let names = config.unknown.join(", ");
        problems.push(lang.fill(Shell::ConfigUnknown, &[&names, &FIELDS.join(", ")]));
    }
    let theme = chosen_theme();
    show_theme(theme);
    document::set_language(lang.tag());
    Settings {
        title: config.title,
        proxy: proxy.trim_end_matches('/').to_owned(),
        demo,
        regions: config.regions,
        lang,
        zone: if storage::get(ZONE).as_deref() == Some("utc") { ZoneChoice::Utc } else { ZoneChoice::Local },
        theme,
        problems,
    }
}

async fn load_demo(address: &str) -> Result<Demo, String> {
    let text = fetch::load_text(address, LOAD_LIMIT).await.map_err(|_| address.to_owned())?;
    read_fleet(&text).await.ok_or_else(|| address.to_owned())
}

/// Sets the page on the fleet's clock. Entries that this version does not understand are passed over.
async fn read_fleet(text: &str) -> Option<Demo> {
    let file = Json::read(text)?;
    let clock = file.get("clock")?;
    let field = |name: &str| match clock.get(name) {
        Some(Json::Number(written)) => Some(number::read(written)),
        _ => None,
    };
    let (now_ms, speed) = (field("now_ms")?, field("speed")?);
    let mut keys = Vec::new();
    for account in file.get("accounts")?.as_list()? {
        keys.extend(demo_key(account).await);
    }
    let watches = file.get("watches")?.as_list()?.iter().filter_map(saved::watch);
    let demo = Demo { keys, watches: watches.collect(), speed };
    // Last, so that a fleet that cannot be read leaves the page on the machine's clock.
    clock::set_demo_clock(now_ms, speed);
    Some(demo)
}

/// A key of the fleet. It comes as text and is taken over as a typed one is.
async fn demo_key(account: &Json) -> Option<(KeyName, Credential)> {
    let text = |name: &str| account.get(name)?.as_text();
    let name = KeyName { provider: Provider::from_id(text("provider")?)?, account: text("name")?.to_owned() };
    let access_key_id = text("access_key_id")?.to_owned();
    let secret = Custody::take(&Typed::of(text("secret")?)).await.ok()?;
    Some((name, Credential::Key(AccessKey { access_key_id, secret, security_token: None })))
}

/// The language that the person chose here, else the first of the browser's that the page speaks.
pub fn chosen_lang() -> Lang {
    let kept = storage::get(LANG).and_then(|tag| Lang::from_tag(&tag));
    kept.or_else(|| document::languages().iter().find_map(|tag| Lang::from_tag(tag))).unwrap_or_default()
}

/// The person's choice is kept where that is possible; where it is not, it holds for this tab.
pub(super) fn keep_lang(lang: Lang) {
    document::set_language(lang.tag());
    let _ = storage::set(LANG, lang.tag());
}

pub(super) fn keep_zone(zone: ZoneChoice) {
    let _ = storage::set(ZONE, if zone == ZoneChoice::Utc { "utc" } else { "local" });
}

fn chosen_theme() -> Theme {
    match storage::get(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Shows a theme and keeps it.
pub fn keep_theme(theme: Theme) {
    show_theme(theme);
    let _ = storage::set(THEME, theme_word(theme).unwrap_or("system"));
}

fn show_theme(theme: Theme) {
    document::set_theme(theme_word(theme));
}

const fn theme_word(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_not_known_is_named_and_the_others_hold() {
        let text =
            r#"{ "title": "Night shift", "porxy": "https://elsewhere.example", "note": { "proxy": 1 } }"#;
        let config = read_config(text).expect("it can be used");
        assert_eq!(config.unknown, ["porxy", "note"]);
        assert_eq!((config.title.as_str(), config.proxy.as_str()), ("Night shift", "./proxy"));
        let known = r#"{ "title": "R", "proxy": "./proxy", "demo": null, "regions": [] }"#;
        assert!(read_config(known).expect("it can be used").unknown.is_empty());
    }

    #[test]
    fn a_broken_configuration_names_what_is_broken() {
        for (text, told) in [
            ("[]", "not a JSON object"),
            ("{", "not a JSON object"),
            (r#"{ "proxy": 5, "more": 1 }"#, "proxy: 5"),
            (r#"{ "demo": {} }"#, "demo: {}"),
        ] {
            assert_eq!(read_config(text).expect_err("it is broken"), told);
        }
    }
}
