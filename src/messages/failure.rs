//! Why something could not be done, in words.

use crate::model::date::{self, DateError};
use crate::model::entry::EntryError;
use crate::model::failure::{Expected, Failure, FileTrouble, ScanTrouble, TextTrouble};
use crate::model::revision::SCAN_LIMIT;

use super::{Message, character, quoted};

/// The message for a failure. Where the failure names a file, the caller shows its path.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm, and one sentence, for each sort of failure")]
pub fn failure(failure: &Failure) -> Message {
    match failure {
        Failure::File { trouble, .. } => file(*trouble),
        Failure::Text { trouble, .. } => text(trouble),
        Failure::TooLarge { limit, .. } => Message::new(
            format!("ファイルが{}MBを超えています", limit / 1_000_000),
            "ケースやひな形のファイルかどうかを確かめてください",
        ),
        Failure::ReadOnlyFormat { .. } => Message::new(
            "新しい版のプログラムで作られたファイルのため、このプログラムでは変更できません",
            "新しい版のプログラムで開いてください",
        ),
        Failure::NewerTemplate { .. } => {
            Message::new("新しい版のプログラム用のひな形のため、使えません", "プログラムを新しい版に替えてください")
        }
        Failure::ChangedByOther { .. } => Message::new(
            "読み込んだあとに、ほかの人またはほかのプログラムがこのファイルを変更したため、保存しませんでした",
            "もう一度お試しください。同じことが続くときは、ファイルを開き直してから、変更をやり直してください",
        ),
        Failure::Locked { by, .. } => locked(by),
        Failure::Exists { .. } => Message::new("同じ名前のファイルがすでにあります", "別の名前を付けてください"),
        Failure::Scan { trouble, .. } => scan(*trouble),
        Failure::NotOwnPdf => Message::new(
            "このPDFは、このプログラムで作ったものではないか、壊れています",
            "ケースと一緒に保管しているPDFかどうかを確かめてください",
        ),
        Failure::Record { refused } => super::record::refused(refused),
        Failure::Denied { denial } => super::record::denial(denial),
        Failure::Withheld { papers } => super::share::withheld(papers),
        Failure::Password => Message::new(
            "このパスワードは、PDFのパスワードにできません",
            "空でなく、目に見える文字だけのパスワードにしてください",
        ),
        Failure::NothingToFill { form } => Message::new(
            format!("「{form}」には、この相手が記入する欄がありません"),
            "入力用PDFではなく、ふつうのPDFで渡してください",
        ),
        Failure::Undecided { hits } => super::share::undecided(hits),
        Failure::Package { trouble, .. } => super::share::package(trouble),
        Failure::Passphrase { trouble, .. } => super::share::passphrase(*trouble),
        Failure::Unrecorded { reason, .. } => super::share::unrecorded(&self::failure(reason)),
        Failure::Reply { trouble, .. } => super::share::reply(*trouble),
        Failure::PassphraseNeeded { .. } => Message::new(
            "合言葉で暗号化されたファイルです",
            "合言葉を書いたファイルを --passphrase-file で指定してください",
        ),
        Failure::Unchosen { places } => super::reply::unchosen(places.len()),
        Failure::NotTheirs { key, party, nearest } => Message::new(
            format!("項目「{key}」は、{}が記入する項目ではありません", super::party(*party)),
            nearest_advice(nearest, "ほかの項目に記入してください"),
        ),
        Failure::KeptAltered { .. } => kept_altered(),
        Failure::UnknownLine { key, known } => {
            Message::new(format!("署名欄「{key}」はありません"), format!("次から選んでください：{}", known.join("、")))
        }
        Failure::ForeignPdf { .. } => Message::new(
            "同じ名前のPDFがすでにあり、署名や書き込みが加えられている可能性があるため、上書きしませんでした",
            "そのPDFを別の場所に移すか、別のフォルダーに書き出してください",
        ),
        Failure::SameName { .. } => Message::new(
            "同じ名前のPDFを、この操作ですでに一つ書き出しているため、上書きしませんでした",
            "別のフォルダーに書き出すか、ケース番号や様式の短い名前を変えてください",
        ),
        Failure::Font { name } => {
            Message::new(format!("フォント「{name}」が壊れています"), "プログラムを入手し直してください")
        }
        Failure::Inside { reason } => Message::new(
            format!("プログラムの内部で問題が起きました（{reason}）"),
            "この文面を添えて、プログラムの配布元に知らせてください",
        ),
        Failure::UnknownForm { key, nearest } => Message::new(
            format!("様式「{key}」はありません"),
            nearest_advice(nearest, "様式のキーを確かめてください。ryoritsu forms で一覧を表示できます"),
        ),
        Failure::NotInCase { key, known, .. } => Message::new(
            format!("このケースに様式「{key}」の書類はありません"),
            format!(
                "画面の「書類を追加」か、ryoritsu set {key}/項目=内容 で追加できます。今ある書類：{}",
                known.join("、")
            ),
        ),
        Failure::UnknownKey { key, nearest } => {
            Message::new(format!("項目「{key}」はありません"), nearest_advice(nearest, "項目のキーを確かめてください"))
        }
        Failure::UnknownExample { name, known } => {
            Message::new(format!("記入例「{name}」はありません"), format!("次から選んでください：{}", known.join("、")))
        }
        Failure::NoSuchNumber { key, last } => Message::new(
            format!("「{key}」の番号の書類や行はありません"),
            match last {
                0 => "番号は1から付けてください".to_owned(),
                last => format!("1から{last}までの番号を指定してください"),
            },
        ),
        Failure::Entry { trouble, .. } => entry(trouble),
        Failure::NoDocuments { .. } => Message::new(
            "このケースには書類がありません",
            "画面の「書類を追加」で追加してください。ryoritsu set で項目に入力しても、その様式の書類ができます",
        ),
        Failure::Problems { .. } => {
            Message::new("正しく印刷できない内容があるため、PDFを書き出しませんでした", "上のエラーを直してください")
        }
        Failure::NoViewer { .. } => Message::new(
            "このファイルを開くプログラムが見つかりません",
            "PDFの閲覧ソフトを入れるか、別のパソコンで開いてください",
        ),
        Failure::NoFileManager { .. } => Message::new(
            "フォルダーを表示するプログラムが見つかりません",
            "お使いのファイルの一覧から、この場所を開いてください",
        ),
        Failure::NoPrinter { .. } => Message::new(
            "通常使うプリンターが決まっていないため、印刷しませんでした",
            "プリンターを設定するか、PDFを開いて、閲覧ソフトから印刷してください",
        ),
        Failure::PrintCommand { code, .. } => {
            let number = code.map(|code| format!("（エラー番号 {code}）")).unwrap_or_default();
            Message::new(
                format!("プリンターに送れませんでした{number}"),
                "プリンターの状態を確かめてからやり直すか、PDFを開いて、閲覧ソフトから印刷してください",
            )
        }
        Failure::NoDisplay | Failure::NoGraphics | Failure::NoWindowLibrary => no_window(failure),
    }
}

/// Why there is no window. What is missing on Linux has a name by which it can be installed.
fn no_window(failure: &Failure) -> Message {
    const PACKAGES: &str = "libgl1 libegl1 libx11-6 libxcursor1 libxi6 libx11-xcb1 libxkbcommon-x11-0";
    match failure {
        Failure::NoDisplay => Message::new(
            "画面につながらないため、ウィンドウを開けません",
            "デスクトップにログインして起動してください。画面がないところでは、ryoritsu help にあるコマンドを使えます",
        ),
        Failure::NoGraphics if cfg!(windows) => Message::new(
            "画面に描く機能（OpenGL 2.0以上）を使えないため、ウィンドウを開けません",
            "グラフィックスのドライバーを更新するか、リモート接続ではなくパソコンの前で起動してください",
        ),
        Failure::NoGraphics => Message::new(
            "画面に描く機能（OpenGL）を使えないため、ウィンドウを開けません",
            format!("次のソフトウェアを入れてください：sudo apt install {PACKAGES} libgl1-mesa-dri"),
        ),
        _ => Message::new(
            "ウィンドウに必要なソフトウェアが入っていないため、起動できません",
            format!("次のソフトウェアを入れてください：sudo apt install {PACKAGES}"),
        ),
    }
}

fn kept_altered() -> Message {
    Message::new(
        "保管したあとに、このファイルの内容が変わっています",
        "バックアップがあれば、そこから元のファイルに戻してください。ないときは、このファイルを残したまま、管理している方に知らせてください",
    )
}

fn nearest_advice(nearest: &[String], fallback: &str) -> String {
    if nearest.is_empty() {
        fallback.to_owned()
    } else {
        format!("次のどれかではありませんか：{}", nearest.join("、"))
    }
}

fn locked(by: &str) -> Message {
    let who = if by.is_empty() { "ほかの人".to_owned() } else { format!("「{by}」") };
    Message::new(
        format!("このケースは{who}が開いているため、変更できません"),
        "その人が閉じてから、開き直すか、もう一度お試しください",
    )
}

fn file(trouble: FileTrouble) -> Message {
    match trouble {
        FileTrouble::NotFound => {
            Message::new("ファイルまたはフォルダーが見つかりません", "場所と名前を確かめてください")
        }
        FileTrouble::NotAllowed => Message::new(
            "読み書きする権限がありません",
            "読み書きのできる場所を選ぶか、フォルダーを管理している方に確かめてください",
        ),
        FileTrouble::DiskFull => Message::new(
            "ディスクの空き容量が足りないため、書き込めませんでした。元のファイルはそのままです",
            "空き容量を増やしてから、もう一度お試しください",
        ),
        FileTrouble::InUse => Message::new(
            "ほかのプログラムがこのファイルを開いています",
            "そのプログラムでファイルを閉じてから、もう一度お試しください",
        ),
        FileTrouble::WrongSort => Message::new(
            "ファイルのはずの場所がフォルダーであるか、フォルダーのはずの場所がファイルです",
            "場所と名前を確かめてください",
        ),
        FileTrouble::BadName => {
            Message::new("名前が長すぎるか、名前に使えない文字があります", "ファイル名やケース番号を変えてください")
        }
        FileTrouble::Other(code) => Message::new(
            match code {
                Some(code) => format!("読み書きができませんでした（システムのエラー番号 {code}）"),
                None => "読み書きができませんでした".to_owned(),
            },
            "ディスクやネットワークの状態を確かめてから、もう一度お試しください",
        ),
    }
}

fn scan(trouble: ScanTrouble) -> Message {
    let again = "署名された書類をPDF・JPEG・PNGのどれかで読み取り直してください";
    match trouble {
        ScanTrouble::Empty => Message::new("ファイルの中身がありません", again),
        ScanTrouble::TooLarge => Message::new(
            format!("ファイルが{}MBを超えています", SCAN_LIMIT / 1_000_000),
            "解像度を下げて（300dpiで十分です）読み取り直すか、ページを分けてください",
        ),
        ScanTrouble::NoPicture => Message::new("PDF・JPEG・PNGのどれでもありません", again),
        ScanTrouble::Damaged => Message::new("ファイルが途中で切れているか、壊れています", again),
        ScanTrouble::Encrypted => Message::new(
            "開くのにパスワードが必要なPDFのため、保管できません",
            "パスワードを外したPDFを用意してください",
        ),
    }
}

fn text(trouble: &TextTrouble) -> Message {
    match trouble {
        TextTrouble::CutOff => {
            Message::new("ファイルが途中で終わっています", or_backup("かっこや引用符が閉じているかを確かめてください"))
        }
        TextTrouble::NotUtf8 => {
            Message::new("文字コードがUTF-8ではありません", or_backup("UTF-8で保存し直してください"))
        }
        TextTrouble::TooDeep => {
            Message::new("かっこが何重にも重なりすぎています", "ケースやひな形のファイルかどうかを確かめてください")
        }
        TextTrouble::UnknownField { found } => {
            Message::new(format!("「{found}」という名前は、ここでは使えません"), "つづりを確かめるか、削除してください")
        }
        TextTrouble::UnknownWord { found, expected } => Message::new(
            format!("「{found}」は、ここでは使えません"),
            format!("次から選んでください：{}", expected.join("、")),
        ),
        TextTrouble::MissingField { name } => Message::new(format!("「{name}」がありません"), "書き足してください"),
        TextTrouble::DuplicateField { name } => {
            Message::new(format!("「{name}」が二つあります"), "一つだけ残してください")
        }
        TextTrouble::Expected(expected) => Message::new(
            format!("ここには{}が必要です", thing(*expected)),
            or_backup("ここか手前の行の、引用符・かっこ・コンマを確かめてください"),
        ),
        TextTrouble::Format => Message::new(
            "format の番号が正しくないか、ファイルの先頭にありません",
            "手で直した場合は、元に戻してください",
        ),
        TextTrouble::Numbers => Message::new(
            "番号がほかと重なっているか、順番になっていません",
            or_backup("1以上の、ほかと違う番号にして、版は番号の順に並べてください"),
        ),
        TextTrouble::UnknownSort => {
            Message::new("ケースのファイルでもひな形のファイルでもありません", "ファイルを選び直してください")
        }
        TextTrouble::Syntax => {
            Message::new("この書き方は読み取れません", or_backup("かっこ・引用符・コンマ・Some( ) を確かめてください"))
        }
    }
}

/// What helps with a damaged case, and then what helps with a file that was written by hand.
fn or_backup(by_hand: &str) -> String {
    format!(
        "ケースのファイルなら、元のファイルを残したまま、同じ場所の .backup フォルダーにある控えを使ってください。手で書いたファイルなら、{by_hand}"
    )
}

fn thing(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "引用符 \" \" で囲んだ文字",
        Expected::Number => "数",
        Expected::List => "かっこ [ ] で囲んだ並び",
        Expected::Map => "かっこ { } で囲んだ内容",
        Expected::Structure => "かっこ ( ) で囲んだ内容",
        Expected::YesOrNo => "true か false",
        Expected::Comma => "コンマ（,）",
        Expected::Colon => "コロン（:）",
        Expected::Option => "Some( ) で囲んだ内容",
        Expected::Day => "\"2026-11-22\" のような日付",
        Expected::End => "ファイルの終わり",
    }
}

/// Why what was typed does not fit its field.
#[must_use]
pub fn entry(trouble: &EntryError) -> Message {
    match trouble {
        EntryError::Date(trouble) => date_error(trouble),
        EntryError::Number => Message::new("数として読み取れません", "「6」や「7.5」のように入力してください"),
        EntryError::Negative => Message::new("0より小さい数は入力できません", "0以上の数を入力してください"),
        EntryError::Option { typed, known } => {
            Message::new(format!("選択肢に「{typed}」はありません"), format!("次から選んでください：{}", quoted(known)))
        }
        EntryError::OnlyOne => Message::new("一つだけ選ぶ項目に、二つ以上入力されています", "一つだけ選んでください"),
        EntryError::NoDetail { option } if option.is_empty() => {
            Message::new("この項目には内容を書き添えられません", "「はい」か「いいえ」を入力してください")
        }
        EntryError::NoDetail { option } => {
            Message::new(format!("「{option}」には内容を書き添えられません"), "「:」とその後ろを消してください")
        }
        EntryError::Empty => Message::new("空欄にはできません", "内容を入力してください"),
        EntryError::LineBreak => Message::new("この項目には改行を入れられません", "1行で入力してください"),
        EntryError::Invisible(found) => Message::new(
            format!("目に見えない文字 {} が入っています", character(&found.to_string())),
            "その前後を消して、入力し直してください",
        ),
        EntryError::TooLong(longest) => Message::new(format!("{longest}字を超えています"), "短くしてください"),
        EntryError::NotOneCharacter => Message::new(
            "代替文字は、一つの文字に対して指定します",
            "印刷できない文字を一つだけ指定してください。コマンドでは case.substitute[邊]=辺 のように書きます",
        ),
        EntryError::TooLarge => Message::new("数が大きすぎます", "入力した数を確かめてください"),
        EntryError::WrongKind => Message::new("項目の種類に合わない内容です", "入力し直してください"),
        EntryError::WholeTable => Message::new(
            "表の全体を一度に入力することはできません",
            "欄ごとに入力してください。コマンドでは periods[1].hours のように、行の番号と列のキーを付けます",
        ),
    }
}

fn date_error(trouble: &DateError) -> Message {
    match trouble {
        DateError::Unreadable => Message::new(
            "日付として読み取れません",
            "「R8.11.22」「令和8年11月22日」「2026/11/22」のように入力してください",
        ),
        DateError::EraMissing => Message::new(
            "年が2桁で元号がないため、どの年か分かりません",
            "「R8.11.22」か「2026/11/22」のように入力してください",
        ),
        DateError::NoSuchYear => Message::new("年が0になっています", "年を確かめてください"),
        DateError::NoSuchDay => Message::new("そのような日はありません", "月と日を確かめてください"),
        DateError::OutsideEra(meant) => {
            Message::new("その元号にはない日です", format!("{}ではありませんか", date::format(*meant)))
        }
        DateError::OutOfRange => {
            Message::new("入力できるのは、1873年（明治6年）から2200年までの日付です", "年を確かめてください")
        }
    }
}
