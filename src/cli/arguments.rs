//! What was typed, as a command.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use super::options::{Options, takes};

/// How the program is used.
pub(super) const USAGE: &str = "\
使い方：
  ryoritsu [ファイル.ron|ファイル.age]         画面を開きます
  ryoritsu new ファイル.ron [--example 名前]   新しいケースを作ります（--example list で例の一覧）
  ryoritsu set ファイル.ron 項目=内容…         項目に入力します
  ryoritsu show ファイル.ron [項目…]           ケースの状態や、項目の内容を表示します
  ryoritsu check ファイル.ron…                 ケースやひな形に問題がないかを調べます
  ryoritsu pdf ファイル.ron… [--form 様式のキー]… [--out フォルダー] [--timeline]   下書きのPDFを書き出します
  ryoritsu handout ファイル.ron --form 様式のキー --to 相手[:名前] --out フォルダー [--for 署名|控え] [--copy 本人控|会社控|病院控]… [--timeline]
                   [--fillable] [--password-file ファイル] [--hold-back 項目]… [--tell 項目]…
                                               書類を渡し、版を記録します（病名が分かる言葉のある項目は、除くか渡すかを指定します）
  ryoritsu carry ファイル.ron 元の書類 様式のキー   元の書類の内容のうち、病名が分からない項目を引き継いで、別の様式の書類を作ります
  ryoritsu share ファイル.ron --to 相手[:名前] --out ファイル.age --passphrase-file ファイル [--form 様式のキー]… [--fillable]
                   [--hold-back 項目]… [--tell 項目]…
                                               書類を、暗号化した受け渡しファイルにします（様式を指定しないときは、今の段階の書類）
  ryoritsu open ファイル.age --passphrase-file ファイル [--out フォルダー]
                                               受け取ったファイルの中身を表示し、フォルダーに取り出します
  ryoritsu handover ファイル.ron --to 相手[:名前] --out ファイル.age --passphrase-file ファイル
                                               ケース全体を引き継ぎファイルにし、ケースを終了します（相手は、この病院の coordinator か、
                                               ほかの病院・会社・支援機関の outside_coordinator）
  ryoritsu passphrase                          合言葉を一つ作ります
  ryoritsu sign ファイル.ron 様式のキー 署名欄 --date 日付 [--how 署名|記名押印|代筆|電子] [--name 名前] [--scan ファイル] [--revision 版]
                                               署名を記録します
  ryoritsu sign ファイル.ron 様式のキー 署名欄 --correct 理由 [--revision 版]   誤った署名の記録を訂正します
  ryoritsu consent ファイル.ron [--to 相手]… [--form 様式のキー]… [--diagnosis|--no-diagnosis] --date 日付 [--until 日付] [--how 書面|口頭|電子] [--scan ファイル]
                                               本人の同意を記録します
  ryoritsu consent ファイル.ron --withdraw 番号 --date 日付 [--reason 理由]   同意の撤回を記録します
  ryoritsu consent ファイル.ron                同意を一覧にします
  ryoritsu reply 受け渡しファイル --passphrase-file ファイル --out 返信ファイル 項目=内容…
                                               受け取った書類に記入し、返信ファイルを作ります
  ryoritsu merge ファイル.ron 返信ファイルか記入されたPDF [--passphrase-file ファイル|--password-file ファイル] [--take theirs|mine]
                                               返信を取り込みます
  ryoritsu close ファイル.ron --outcome 復職|就労継続|転職・再就職|離職|中断 [--date 日付] [--note 説明]   ケースを終了します
  ryoritsu close ファイル.ron --reopen 理由    終了したケースを再開します
  ryoritsu revisions ファイル.ron 様式のキー [--compare 版 版] [--export 版 --out フォルダー [--old]]
                                               渡した版を一覧にし、比べ、もう一度書き出します
  ryoritsu log ファイル.ron                    操作の記録を表示します
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
    Pdf { files: Vec<PathBuf>, forms: Vec<String>, out: Option<PathBuf>, with_timeline: bool },
    HandOut { file: PathBuf, options: Options },
    Carry { file: PathBuf, from: String, to: String },
    Share { file: PathBuf, options: Options },
    HandOver { file: PathBuf, options: Options },
    Open { file: PathBuf, options: Options },
    Passphrase,
    Sign { file: PathBuf, form: String, line: String, options: Options },
    Consent { file: PathBuf, options: Options },
    Close { file: PathBuf, options: Options },
    Reply { file: PathBuf, settings: Vec<String>, options: Options },
    Merge { file: PathBuf, reply: PathBuf, options: Options },
    Revisions { file: PathBuf, form: String, options: Options },
    Log { file: PathBuf },
    List { folder: PathBuf },
    Calendar { folder: PathBuf, out: PathBuf, has_names: bool },
}

/// Everything that follows the name of the command.
struct Rest {
    values: Vec<OsString>,
    options: Options,
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
        "passphrase" => rest.nothing(Command::Passphrase),
        "licenses" => rest.nothing(Command::Licenses),
        "forms" => match rest.values.len() {
            0 => Ok(Command::Forms { form: None }),
            _ => Ok(Command::Forms { form: Some(rest.one("様式")?.string().map_err(wrong)?) }),
        },
        "new" if rest.options.text("example") == Some("list") => Ok(Command::Examples),
        "new" => {
            let example = rest.options.text("example").map(str::to_owned);
            Ok(Command::New { file: rest.file()?, example })
        }
        "set" => {
            let (file, settings) = rest.file_and_settings()?;
            Ok(Command::Set { file, settings })
        }
        "reply" => {
            let options = rest.options.clone();
            options.needs(&["passphrase-file", "out"])?;
            let (file, settings) = rest.file_and_settings()?;
            Ok(Command::Reply { file, settings, options })
        }
        "merge" => {
            let options = rest.options.clone();
            let (file, reply) = rest.two("ケースのファイルと返信のファイル")?;
            Ok(Command::Merge { file, reply, options })
        }
        "show" => {
            let (file, keys) = rest.file_and_texts()?;
            Ok(Command::Show { file, keys })
        }
        "check" => Ok(Command::Check { files: rest.files()? }),
        "pdf" => {
            let (forms, out) = (rest.options.texts("form"), rest.options.path("out"));
            let with_timeline = rest.options.is_given("timeline");
            Ok(Command::Pdf { files: rest.files()?, forms, out, with_timeline })
        }
        "list" => Ok(Command::List { folder: rest.one("フォルダー")?.into() }),
        "calendar" => {
            let (out, has_names) = (rest.options.path("out"), rest.options.is_given("names"));
            let folder = rest.one("フォルダー")?.into();
            let out = out.ok_or("書き出すファイルを「--out ファイル.ics」で指定してください")?;
            Ok(Command::Calendar { folder, out, has_names })
        }
        "carry" => match rest.file_and_texts()? {
            (file, texts) if texts.len() == 2 => {
                Ok(Command::Carry { file, from: texts[0].clone(), to: texts[1].clone() })
            }
            _ => Err("元の書類と、作る書類の様式のキーを、この順に指定してください".to_owned()),
        },
        "share" | "handover" | "open" | "handout" | "sign" | "consent" | "close" | "revisions" | "log" => {
            rest.paperwork(&name)
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
    let mut rest = Rest { values: Vec::new(), options: Options::default() };
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Arg::Value(value) => rest.values.push(value),
            Arg::Long(option) => {
                let Some((name, values)) = takes(command, option) else {
                    return Err(wrong(argument.unexpected()));
                };
                let read = (0..values).map(|_| parser.value());
                let read: Result<Vec<OsString>, _> = read.collect();
                rest.options.add(name, read.map_err(wrong)?)?;
            }
            other @ Arg::Short(_) => return Err(wrong(other.unexpected())),
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

    fn file(self) -> Result<PathBuf, String> {
        self.one("ファイル").map(PathBuf::from)
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

    fn file_and_settings(self) -> Result<(PathBuf, Vec<String>), String> {
        let (file, settings) = self.file_and_texts()?;
        if settings.is_empty() {
            return Err("「項目=内容」を指定してください".to_owned());
        }
        match settings.iter().find(|setting| !setting.contains('=')) {
            Some(setting) => Err(format!("「{setting}」に「=」がありません")),
            None => Ok((file, settings)),
        }
    }

    fn two(self, what: &str) -> Result<(PathBuf, PathBuf), String> {
        match <[OsString; 2]>::try_from(self.values) {
            Ok([one, other]) => Ok((one.into(), other.into())),
            Err(_) => Err(format!("{what}を、この順に指定してください")),
        }
    }

    /// The commands of what happens to the papers, and of what was recorded of it.
    fn paperwork(self, name: &str) -> Result<Command, String> {
        let options = self.options.clone();
        options.needs(match name {
            "handout" => &["form", "to", "out"],
            "share" | "handover" => &["to", "out", "passphrase-file"],
            "open" => &["passphrase-file"],
            "sign" => &["date|correct"],
            "consent" if options.is_given("withdraw") => &["date"],
            "consent" if options.is_any() => &["to", "diagnosis|no-diagnosis", "date"],
            "close" => &["outcome|reopen"],
            "revisions" if options.is_given("export") => &["out"],
            _ => &[],
        })?;
        let (file, texts) = self.file_and_texts()?;
        match (name, texts.as_slice()) {
            ("handout", []) => Ok(Command::HandOut { file, options }),
            ("share", []) => Ok(Command::Share { file, options }),
            ("handover", []) => Ok(Command::HandOver { file, options }),
            ("open", []) => Ok(Command::Open { file, options }),
            ("sign", [form, line]) => Ok(Command::Sign { file, form: form.clone(), line: line.clone(), options }),
            ("sign", _) => Err("様式のキーと署名欄を、この順に指定してください".to_owned()),
            ("consent", []) => Ok(Command::Consent { file, options }),
            ("close", []) => Ok(Command::Close { file, options }),
            ("revisions", [form]) => Ok(Command::Revisions { file, form: form.clone(), options }),
            ("revisions", _) => Err("様式のキーを一つ指定してください".to_owned()),
            ("log", []) => Ok(Command::Log { file }),
            _ => Err("余分な指定があります".to_owned()),
        }
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
