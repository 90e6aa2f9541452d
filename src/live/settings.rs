//! What the host configures (config.json), what the person prefers, and the demo's fleet.

use rollwatch_core::model::{OperationKind, Provider, Service, Site, Span, Watch};
use rollwatch_core::sign::{Credential, Secret};
use rollwatch_core::view::words::{Lang, Shell};
use serde::Deserialize;

use super::KeyName;
use crate::browser::{clock, document, fetch, storage};

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

/// config.json. A field that is missing has its default; one that is broken is named.
#[derive(Debug, Deserialize)]
#[serde(default)]
struct ConfigFile {
    title: String,
    proxy: String,
    demo: Option<String>,
}

impl Default for ConfigFile {
    fn default() -> Self {
        ConfigFile { title: "Rollwatch".to_owned(), proxy: "./proxy".to_owned(), demo: None }
    }
}

#[derive(Debug, Deserialize)]
struct FleetFile {
    clock: FleetClock,
    accounts: Vec<FleetAccount>,
    watches: Vec<FleetWatch>,
}

#[derive(Debug, Deserialize)]
struct FleetClock {
    now_ms: f64,
    speed: f64,
}

/// No `Debug`: it holds a secret, although one of a simulated cloud.
#[derive(Deserialize)]
struct FleetAccount {
    name: String,
    provider: String,
    access_key_id: String,
    secret: String,
}

impl std::fmt::Debug for FleetAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

#[derive(Debug, Deserialize)]
struct FleetWatch {
    service: String,
    operation: String,
    site: String,
    region: String,
    project: String,
    cluster: String,
    account: String,
}

/// Reads config.json and the person's preferences. Whatever is broken has its default and is told.
pub async fn load() -> Settings {
    let lang = chosen_lang();
    let mut problems = Vec::new();
    let mut complain = |reason: String| problems.push(lang.fill(Shell::ConfigBroken, &[&reason]));
    let file = match fetch::load_text("config.json", LOAD_LIMIT).await {
        Ok(text) => serde_json::from_str(&text).map_err(|error| error.to_string()),
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
    let theme = chosen_theme();
    show_theme(theme);
    document::set_language(lang.tag());
    Settings {
        title: config.title,
        proxy: proxy.trim_end_matches('/').to_owned(),
        demo,
        lang,
        zone: if storage::get(ZONE).as_deref() == Some("utc") { ZoneChoice::Utc } else { ZoneChoice::Local },
        theme,
        problems,
    }
}

async fn load_demo(address: &str) -> Result<Demo, String> {
    let text = fetch::load_text(address, LOAD_LIMIT).await.map_err(|_| address.to_owned())?;
    let file: FleetFile = serde_json::from_str(&text).map_err(|error| format!("{address}: {error}"))?;
    clock::set_demo_clock(file.clock.now_ms, file.clock.speed);
    let keys = file.accounts.into_iter().filter_map(|account| {
        let provider = Provider::from_id(&account.provider)?;
        let credential = Credential {
            access_key_id: account.access_key_id,
            secret: Secret::new(account.secret),
            security_token: None,
        };
        Some((KeyName { provider, account: account.name }, credential))
    });
    let watches = file.watches.into_iter().filter_map(|watch| {
        Some(Watch {
            service: Service::from_id(&watch.service)?,
            operation: OperationKind::from_id(&watch.operation)?,
            site: Site::from_id(&watch.site)?,
            region: watch.region,
            project: watch.project,
            cluster: watch.cluster,
            account: watch.account,
        })
    });
    Ok(Demo { keys: keys.collect(), watches: watches.collect(), speed: file.clock.speed })
}

fn chosen_lang() -> Lang {
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
