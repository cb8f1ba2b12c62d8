//! Words that mail programs put around quotes, in the languages members write. Data only, lower case, divided by `|`;
//! read by headings. A new language is a few words more in each list.

/// Words with which an attribution begins, lower case.
pub(super) const OPENERS: &str = "\
    on |el |am |le |em |il |op |den |dnia |w dniu |dne |on, |vào |pada |le:|a |la |în data |κατά |στις |в |у |\
    at |kl. |de: |no dia |il giorno |em seg|em ter|em qua|em qui|em sex|em sáb|em dom|lun|mar|mer|jeu|ven|sam|\
    dim|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|pon|wto|śr|czw|pią|sob|nie|пн|вт|ср|чт|пт|сб|вс|\
    понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|в понедельник";

/// The word for "wrote". Spelled as mail programs do, with and without accents.
pub(super) const WROTE: &str = "\
    wrote|writes|escribió|escribio|escribiu|va escriure|schrieb|geschrieben|a écrit|a ecrit|écrit|écrivait|\
    escreveu|ha scritto|scritto|scrisse|schreef|geschreven|skrev|napisał|napisal|napisała|pisze|napsal|napísal|\
    kirjoitti|írta|a scris|yazdı|пишет|написал|писал|написав|έγραψε|đã viết|menulis|wrote via|写道|寫道|のメッセージ|作成|\
    작성|كتب|כתב|schreven|schrieben";

/// Header names in quoted header blocks, lower case. These name the writer.
pub(super) const FROM: &str = "\
    from|von|de|da|van|från|fra|od|от|absender|expéditeur|mittente|remitente|lähettäjä|kimden|feladó|差出人|发件人|\
    寄件者|보낸 사람|من|מאת|expediteur|reply-to";

/// The other names of such a block.
pub(super) const OTHERS: &str = "\
    sent|date|to|cc|bcc|subject|gesendet|datum|an|kopie|betreff|enviado|enviado el|fecha|para|asunto|envoyé|\
    envoyé le|date d'envoi|à|objet|enviada em|enviado em|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|\
    skickat|till|ämne|sendt|til|emne|wysłano|do|temat|дата|кому|тема|отправлено|копия|lähetetty|aihe|\
    vastaanottaja|kime|tarih|konu|发送时间|收件人|主题|日期|送信日時|宛先|件名|importance|attachments|message-id|received|\
    organization|newsgroups|resent-from";

/// Lines that stand before a quoted or forwarded message, without their dashes, lower case.
pub(super) const SEPARATORS: &str = "\
    original message|forwarded message|begin forwarded message|reply message|mensaje original|mensaje reenviado|\
    inicio del mensaje reenviado|ursprüngliche nachricht|originalnachricht|original nachricht|\
    weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message d'origine|message original|\
    message transféré|début du message réexpédié|mensagem original|mensagem encaminhada|messaggio originale|\
    messaggio inoltrato|inizio messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|\
    begin doorgestuurd bericht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|\
    wiadomość oryginalna|пересылаемое сообщение|исходное сообщение|alkuperäinen viesti|quoted text|原始邮件|原始郵件|\
    転送メッセージ";

/// Beginnings of the line a phone or a web mailer adds, lower case.
pub(super) const SENT_FROM: &str = "\
    sent from my |sent from mail for |sent from outlook|sent from yahoo|sent from proton|sent with proton|\
    sent with airmail|sent from mailbox|sent from windows mail|sent from aol|\
    sent from samsung|sent from gmail|get outlook for |sent on the go|enviado desde mi |\
    enviado desde outlook|enviado desde yahoo|obtener outlook para |von meinem |gesendet von mail|\
    gesendet von meinem |diese nachricht wurde von meinem |holen sie sich outlook|outlook für |envoyé de mon |\
    envoyé depuis mon |envoyé à partir d|télécharger outlook|obtenez outlook|enviado do meu |enviado a partir d|\
    enviado de meu |obter o outlook|inviato da |inviato dal mio |scarica outlook|verzonden vanaf mijn |\
    verstuurd vanaf mijn |download outlook|skickat från min |sendt fra min |wysłane z |отправлено с |\
    отправлено из |lähetetty iphonesta|lähetetty puhelimesta|iphone'umdan|发自我的|從我的|iphoneから送信|나의 iphone";
