//! What is told after a paper was handed out or signed.

use super::{Message, failure, quoted, record};
use crate::model::note::Note;

/// Something worth telling.
#[must_use]
pub fn note(note: &Note) -> Message {
    match note {
        Note::Needed { labels } => Message::new(
            format!("{}が未入力のまま、渡した書類として記録しました", quoted(labels)),
            "紙に書いてもらうか、入力してから渡し直してください",
        ),
        Note::RestsOnOlder { form, revision } => Message::new(
            format!("この書類は、変更される前の{form}（{}）をもとにしています", record::revision(*revision)),
            "内容が今の意見や協議に合っているかを確かめてください",
        ),
        Note::SameName { name, caption } => Message::new(
            format!("{caption}にも「{name}」の署名が記録されています"),
            "署名した人の名前を確かめてください",
        ),
        Note::OlderRevision { newest } => Message::new(
            format!("これより新しい{}を渡した記録があります", record::revision(*newest)),
            "署名された書類の版を確かめてください",
        ),
        Note::ScanOfOtherCase => Message::new(
            "添えたPDFは、別のケースの書類のようです",
            "ファイルを確かめ、違うときは記録を訂正してください",
        ),
        Note::ScanOfOtherDocument => Message::new(
            "添えたPDFは、このケースにない書類のようです",
            "ファイルを確かめ、違うときは記録を訂正してください",
        ),
        Note::ScanOfDraft { form } => Message::new(
            format!("添えたPDFは、{form}の下書きのようです"),
            "渡した版に署名されているかを確かめてください",
        ),
        Note::ScanUnsigned => Message::new(
            "添えたPDFは渡したときのままで、署名が加えられていません",
            "署名された書類をスキャンしたファイルかどうかを確かめてください",
        ),
        Note::ScanAltered => Message::new(
            "添えたPDFは、渡したときから署名のほかにも変わっています",
            "書き込まれた内容を確かめてください",
        ),
        Note::ScanOfOtherPaper { form, revision } => Message::new(
            format!("添えたPDFは、{form}の{}のようです", record::revision(*revision)),
            "署名された書類と版を確かめ、違うときは記録を訂正してください",
        ),
        Note::SignedDigitally { by } => Message::new(
            format!("添えたPDFには電子署名があります：{}", by.join("、")),
            "署名した人が合っているかを確かめてください",
        ),
        Note::RepliedToOlder { form, revision, newest } => Message::new(
            format!(
                "{form}の{}への返信です。そのあとに{}を渡しています",
                record::revision(*revision),
                record::revision(*newest)
            ),
            "取り込んだ内容が、今の書類に合っているかを確かめてください",
        ),
        Note::RepliedAsSent { labels } => Message::new(
            format!("前の返信から取り込んだ{}が、この返信では渡したときのままです", quoted(labels)),
            "前の返信の内容でよいかどうかを、差出人に確かめてください",
        ),
        Note::RepliedToRemoved { form } => Message::new(
            format!("返信にある{form}は、今のケースにないため、取り込みませんでした"),
            "必要な内容であれば、書類を追加して入力してください",
        ),
        Note::CopyMadeAnew(reason) => Message::new(
            format!("保管していたPDFを使えないため、作り直しました（{}）", failure(reason).what),
            "前に渡した紙と見比べてください",
        ),
        Note::PassphraseApart => Message::new(
            "書き出したファイルは、合言葉がないと開けません",
            "合言葉は、ファイルとは別の方法（電話など）で相手に伝えてください",
        ),
        Note::WithinHospital => Message::new(
            "この病院の中での引き継ぎとして、同意の記録を確かめずに作りました",
            "ほかの病院などに引き継ぐときは、このファイルを渡さずに削除し、ケースを再開してから、相手を「ほかの病院・会社・支援機関のコーディネーター」にして作り直してください",
        ),
        Note::ChartNumberStands => Message::new(
            "患者番号の欄は除きましたが、ほかの項目や操作の記録に、患者番号と同じ文字があります",
            "相手に渡してよいかを確かめてください",
        ),
        Note::NotWritten(reason) => Message::new(
            format!(
                "渡した記録は残しましたが、指定のフォルダーにはPDFを書き出せませんでした（{}）",
                failure(reason).what
            ),
            "ケースと同じ場所にある、名前が「.files」で終わるフォルダーの、同じPDFを使ってください",
        ),
        Note::NotLogged(reason) => Message::new(
            format!("ケースには記録しましたが、操作の記録に書き足せませんでした（{}）", failure(reason).what),
            "操作の記録のファイルに書き込めるかどうかを確かめてください",
        ),
    }
}
