//! What is wrong in a template, in words.

use crate::model::pattern::PatternError;
use crate::model::template_problem::TemplateWhat;

use super::{Message, character};

/// The message for a problem of a template.
#[must_use]
pub fn template(what: &TemplateWhat) -> Message {
    match what {
        TemplateWhat::Empty => Message::new("空欄になっています", "内容を書いてください"),
        TemplateWhat::BadKey(key) => Message::new(
            format!("キー「{key}」に使えない文字があります"),
            "英小文字で始め、英小文字・数字・_ だけを使ってください",
        ),
        TemplateWhat::DuplicateKey(key) => {
            Message::new(format!("キー「{key}」が二つあります"), "別のキーにしてください")
        }
        TemplateWhat::UnknownShared(key) => Message::new(
            format!("共通の項目「{key}」はありません"),
            "patient.name のような、共通の項目のキーを確かめてください",
        ),
        TemplateWhat::UnknownField(key) => {
            Message::new(format!("fields に「{key}」がありません"), "fields に項目を書き足すか、キーを直してください")
        }
        TemplateWhat::Pattern(PatternError::Unbalanced) => {
            Message::new("{ と } が正しく組になっていません", "{ と } の数と順番を確かめてください")
        }
        TemplateWhat::Pattern(PatternError::Width(width)) => {
            Message::new(format!("幅「{width}」が正しくありません"), "0から60までの数（全角の文字数）にしてください")
        }
        TemplateWhat::TooWide { width, limit } => Message::new(
            format!("幅の合計が{width}mmで、印刷できる幅{limit}mmを超えています"),
            "列の幅を小さくしてください",
        ),
        TemplateWhat::BadLength(length) => Message::new(
            format!("「{length}」mmという長さは使えません"),
            "高さは0mm以上、列の幅は5mm以上で、紙に収まる長さにしてください",
        ),
        TemplateWhat::Spans { spans, columns } => Message::new(
            format!("セルの span の合計が{spans}で、列の数{columns}と合っていません"),
            "セルの数か span を直してください",
        ),
        TemplateWhat::NothingToChoose => Message::new("選択肢または列がありません", "一つ以上書いてください"),
        TemplateWhat::TakenKey(key) => {
            Message::new(format!("キー「{key}」は、共通の項目が使っています"), "別のキーにしてください")
        }
        TemplateWhat::SharedKind(key) => {
            Message::new(format!("共通の項目「{key}」の種類は変えられません"), "kind を削除してください")
        }
        TemplateWhat::TooManyRows(rows) => {
            Message::new(format!("行の数「{rows}」が多すぎます"), "表の行は60、署名の行は12までにしてください")
        }
        TemplateWhat::TooLong(longest) => Message::new(format!("{longest}字を超えています"), "短くしてください"),
        TemplateWhat::Invisible(found) => Message::new(
            format!("目に見えない文字 {} が入っています", character(&found.to_string())),
            "その文字を削除してください",
        ),
        TemplateWhat::BadStep(step) => {
            Message::new(format!("段階「{step}」はありません"), "step を0から4までの数にしてください")
        }
        TemplateWhat::UnknownOption(key) => {
            Message::new(format!("選択肢「{key}」はありません"), "選択肢のキーを確かめてください")
        }
        TemplateWhat::UnknownTopic { topic, known } => Message::new(
            format!("作業の種類「{topic}」はありません"),
            format!("topic を次から選んでください：{}", known.join("、")),
        ),
        TemplateWhat::UnknownInstead { form, known } => Message::new(
            format!("病名を伝えないときに代わりに渡す様式「{form}」はありません"),
            format!("without_diagnosis を次から選んでください：{}", known.join("、")),
        ),
        TemplateWhat::TellingInstead(form) => Message::new(
            format!("様式「{form}」にも病名が分かる項目があるため、代わりに渡す様式にはできません"),
            "without_diagnosis には、meaning が diagnosis や may_reveal_diagnosis の項目がない様式を書いてください",
        ),
        TemplateWhat::NoEffect(key) => Message::new(
            format!("表の列「{key}」の needed は使えません"),
            "needed を削除するか、表の項目のほうに書いてください",
        ),
        TemplateWhat::NoKind(key) => {
            Message::new(format!("項目「{key}」に kind がありません"), "kind を書き足してください")
        }
        TemplateWhat::WrongKind(key) => Message::new(
            format!("項目「{key}」の種類は、ここでは使えません"),
            "項目の kind か、置き場所を直してください",
        ),
        TemplateWhat::NotOnPage(key) => Message::new(
            format!("項目「{key}」が page のどこにも印刷されません"),
            "page に書き足すか、項目を削除してください",
        ),
        TemplateWhat::BadColumns => {
            Message::new("columns が正しくありません", "[1, 1, 2] のように、0.1以上の数を一つ以上並べてください")
        }
    }
}
