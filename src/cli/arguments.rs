//! What was typed, as a command.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

/// How the program is used.
pub(super) const USAGE: &str = "\
使い方：
  ryoritsu [ファイル.ron]                      画面を開きます
  ryoritsu new ファイル.ron [--example 名前]   新しいケースを作ります（--example list で例の一覧）
  ryoritsu set ファイル.ron 項目=内容…         項目に入力します
  ryoritsu show ファイル.ron [項目…]           ケースの状態や、項目の内容を表示します
  ryoritsu check ファイル.ron…                 ケースやひな形に問題がないかを調べます
  ryoritsu pdf ファイル.ron… [--form 様式のキー]… [--out フォルダー]   PDFを書き出します
  ryoritsu list フォルダー                     フォルダーのケースを一覧にします
  ryoritsu calendar フォルダー --out ファイル.ics [--names]   予定をカレンダーに書き出します
  ryoritsu forms [様式]                        様式の一覧や、様式の項目のキーを表示します
  ryoritsu licenses                            プログラムとフォントのライセンスを表示します";

/// A command with its arguments.
#[derive(Debug, PartialEq)]
pub(super) enum Command {
    Help,
    Version,
    Licenses,
    Window { file: Option<PathBuf> },
    Examples,
    Forms { form: Option<String> },
    New { file: PathBuf, example: Option<String> },
    Set { file: PathBuf, settings: Vec<String> },
    Show { file: PathBuf, keys: Vec<String> },
    Check { files: Vec<PathBuf> },
    Pdf { files: Vec<PathBuf>, forms: Vec<String>, out: Option<PathBuf> },
    List { folder: PathBuf },
    Calendar { folder: PathBuf, out: PathBuf, has_names: bool },
}

/// Everything that follows the name of the command.
#[derive(Default)]
struct Rest {
    values: Vec<OsString>,
    example: Option<String>,
    forms: Vec<String>,
    out: Option<PathBuf>,
    has_names: bool,
}

/// Reads the arguments, without the program's own name.
///
/// # Errors
/// One line that says what is wrong with them.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = Parser::from_args(arguments);
    let name = match parser.next().map_err(wrong)? {
        None => return Ok(Command::Window { file: None }),
        Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Short('V') | Arg::Long("version")) => return Ok(Command::Version),
        Some(Arg::Value(name)) => name.string().map_err(wrong)?,
        Some(other) => return Err(wrong(other.unexpected())),
    };
    let rest = rest(&mut parser, &name)?;
    match name.as_str() {
        "help" => Ok(Command::Help),
        "licenses" => rest.nothing(Command::Licenses),
        "forms" => match rest.values.len() {
            0 => Ok(Command::Forms { form: None }),
            _ => Ok(Command::Forms { form: Some(rest.one("様式")?.string().map_err(wrong)?) }),
        },
        "new" if rest.example.as_deref() == Some("list") => Ok(Command::Examples),
        "new" => {
            let example = rest.example.clone();
            Ok(Command::New { file: rest.one("ファイル")?.into(), example })
        }
        "set" => {
            let (file, settings) = rest.file_and_texts()?;
            if settings.is_empty() {
                return Err("「項目=内容」を指定してください".to_owned());
            }
            if let Some(setting) = settings.iter().find(|setting| !setting.contains('=')) {
                return Err(format!("「{setting}」に「=」がありません"));
            }
            Ok(Command::Set { file, settings })
        }
        "show" => {
            let (file, keys) = rest.file_and_texts()?;
            Ok(Command::Show { file, keys })
        }
        "check" => Ok(Command::Check { files: rest.files()? }),
        "pdf" => {
            let (forms, out) = (rest.forms.clone(), rest.out.clone());
            Ok(Command::Pdf { files: rest.files()?, forms, out })
        }
        "list" => Ok(Command::List { folder: rest.one("フォルダー")?.into() }),
        "calendar" => {
            let (out, has_names) = (rest.out.clone(), rest.has_names);
            let folder = rest.one("フォルダー")?.into();
            let out = out.ok_or("書き出すファイルを「--out ファイル.ics」で指定してください")?;
            Ok(Command::Calendar { folder, out, has_names })
        }
        file if is_file(file) => Ok(Command::Window { file: Some(file.into()) }),
        _ => Err(format!("コマンド「{name}」はありません")),
    }
}

/// Whether a word names a file rather than a command.
fn is_file(word: &str) -> bool {
    let path = std::path::Path::new(word);
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) || path.is_file()
}

fn rest(parser: &mut Parser, command: &str) -> Result<Rest, String> {
    let mut rest = Rest::default();
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Arg::Value(value) => rest.values.push(value),
            Arg::Long("example") if command == "new" => {
                rest.example = Some(parser.value().map_err(wrong)?.string().map_err(wrong)?);
            }
            Arg::Long("form") if command == "pdf" => {
                rest.forms.push(parser.value().map_err(wrong)?.string().map_err(wrong)?);
            }
            Arg::Long("names") if command == "calendar" => rest.has_names = true,
            Arg::Long("out") if ["pdf", "calendar"].contains(&command) => {
                rest.out = Some(parser.value().map_err(wrong)?.into());
            }
            other => return Err(wrong(other.unexpected())),
        }
    }
    Ok(rest)
}

impl Rest {
    fn nothing(self, command: Command) -> Result<Command, String> {
        if self.values.is_empty() { Ok(command) } else { Err("余分な指定があります".to_owned()) }
    }

    fn one(mut self, what: &str) -> Result<OsString, String> {
        match (self.values.pop(), self.values.is_empty()) {
            (Some(value), true) => Ok(value),
            (None, _) => Err(format!("{what}を指定してください")),
            _ => Err(format!("{what}は一つだけ指定してください")),
        }
    }

    fn files(self) -> Result<Vec<PathBuf>, String> {
        if self.values.is_empty() {
            return Err("ファイルを指定してください".to_owned());
        }
        Ok(self.values.into_iter().map(PathBuf::from).collect())
    }

    fn file_and_texts(self) -> Result<(PathBuf, Vec<String>), String> {
        let mut values = self.values.into_iter();
        let file = values.next().ok_or("ファイルを指定してください")?;
        let texts: Result<Vec<String>, _> = values.map(|value| value.string().map_err(wrong)).collect();
        Ok((file.into(), texts?))
    }
}

fn wrong(error: lexopt::Error) -> String {
    match error {
        lexopt::Error::MissingValue { option } => {
            format!("オプション「{}」に続く内容がありません", option.unwrap_or_default())
        }
        lexopt::Error::UnexpectedOption(option) => format!("オプション「{option}」は使えません"),
        lexopt::Error::UnexpectedValue { option, .. } => format!("オプション「{option}」に内容は付けられません"),
        lexopt::Error::NonUnicodeValue(_) => "文字として読み取れない指定があります".to_owned(),
        _ => "指定が正しくありません".to_owned(),
    }
}
