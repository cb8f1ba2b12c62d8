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

/// Who writes of themselves or of somebody known: "I wrote:" is no heading.
pub(super) const PRONOUNS: &str = "\
    i|you|he|she|we|they|it|who|yo|tú|él|ella|nosotros|ellos|ich|du|er|sie|wir|je|tu|il|elle|nous|vous|ils|eu|ele|ela|\
    io|lui|lei|noi|ik|hij|zij|wij|jag|han|hon|vi|jeg|ja|on|ona|я|ты|он|она|мы|они|我|你|他|她";

/// Verbs after which the name stands: "Am 5.1. um 10:30 schrieb Jo Smith:".
pub(super) const WROTE_BEFORE_NAME: &str = "schrieb|schreef|skrev";

/// Words of a sentence and of no name: "my wife Anna wrote:", "schrieb mir Bill eine Liste:".
pub(super) const NO_NAMES: &str = "\
    my|our|his|her|their|your|me|us|here|there|what|this|that|the|these|and|but|as|when|then|today|yesterday|someone|\
    mein|meine|unser|unsere|hier|was|das|die|und|aber|heute|gestern|mir|dir|uns|ihm|ihr|ein|eine|einen|\
    mi|mis|nuestro|aquí|esto|lo|me|un|una|pero|hoy|ayer|mon|ma|voici|ce|mijn|dit|wat|een|het|mij|meu|minha|aqui|isto|\
    mio|mia|ecco|questo|min|mitt|här|her|det|mig|мой|моя|вот|что";

/// Header names in quoted header blocks, lower case. These name the writer.
pub(super) const FROM: &str = "\
    from|von|de|da|van|från|fra|od|от|absender|expéditeur|mittente|remitente|lähettäjä|kimden|feladó|差出人|发件人|\
    寄件者|寄件人|보낸 사람|보낸사람|من|מאת|expediteur|reply-to|від|de la|από|šalje|từ|dari|จาก|প্রেরক|प्रेषक|saatja|no|nuo";

/// The other names of such a block.
pub(super) const OTHERS: &str = "\
    sent|date|to|cc|bcc|subject|gesendet|datum|an|kopie|betreff|enviado|enviado el|fecha|para|asunto|envoyé|\
    envoyé le|date d'envoi|à|objet|enviada em|enviado em|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|\
    skickat|till|ämne|sendt|til|emne|wysłano|do|temat|дата|кому|тема|отправлено|копия|lähetetty|aihe|\
    vastaanottaja|kime|tarih|konu|gönderildi|gönderme tarihi|bilgi|发送时间|收件人|主题|日期|抄送|送信日時|宛先|件名|\
    寄件日期|收件者|主旨|副本|보낸 날짜|받는 사람|받는사람|제목|날짜|참조|odesláno|komu|předmět|kopie|elküldve|címzett|\
    tárgy|másolatot kap|trimis|către|subiect|στάλθηκε|προς|θέμα|ημερομηνία|надіслано|копія|تاريخ الإرسال|تاريخ|إلى|\
    الموضوع|نسخة|נשלח|אל|נושא|תאריך|עותק|enviat|per a|tema|poslano|prima|predmet|đã gửi|đến|chủ đề|kepada|dikirim|\
    subjek|tanggal|importance|attachments|message-id|received|organization|newsgroups|resent-from";

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

/// Beginnings of the line a phone or a web mailer adds, lower case. What follows them must name a device or a program.
pub(super) const SENT_FROM: &str = "\
    sent from |sent with |sent via |sent using |sent on |enviado desde |enviado con |enviado a partir d|\
    enviado do |enviado de |enviada do |gesendet von mein|gesendet mit |diese nachricht wurde |\
    outlook für |envoyé d|envoyé à |envoyé avec |inviato d|\
    verzonden v|verstuurd v|skickat från |skickat fr|sendt fra |sendt med |wysłan|отправлен|надіслан|\
    lähetetty |odesláno |poslano |poslané |küldve |enviat d|trimis |στάλθηκε |dikirim d|đã gửi |发自|從我|从我|來自|נשלח מ|\
    نُرسل|أرسل|تم الإرسال|나의 |내 ";

/// The same where prose begins so too: "get a phone list". What follows must name one of [`PRODUCTS`].
pub(super) const OFFERS: &str = "\
    get |download |obtener |obter |obtenez |obtenir |télécharge|scarica |ottieni |holen sie sich |von mein|gesendet ";

/// Beginning and end of that line in languages that put the verb last.
pub(super) const SENT_FROM_ENDS: [(&str, &str); 6] =
    [("von mein", " gesendet"), ("", "gönderildi"), ("", "から送信"), ("", "보냄"), ("", "发送"), ("", "傳送")];

/// Names that stand in no sentence but one about a device or a program.
pub(super) const PRODUCTS: &str = "\
    iphone|ipad|ipod|android|ios|blackberry|galaxy|samsung|huawei|xiaomi|oneplus|outlook|yahoo|gmail|proton|protonmail|\
    aol|gmx|web.de|mail.ru|yandex|icloud|thunderbird|airmail|bluemail|k-9|fairemail|orange mail|mail orange|spark mail|\
    tutanota|fastmail|zoho|hushmail";

/// What such a line names.
pub(super) const DEVICES: &str = "\
    iphone|ipad|ipod|android|blackberry|galaxy|samsung|huawei|xiaomi|oneplus|pixel|nokia|motorola|windows|macbook|\
    outlook|yahoo|gmail|proton|aol|gmx|web.de|mail.ru|yandex|яндекс|почт|icloud|thunderbird|airmail|spark|spike|edison|\
    mailbox|bluemail|k-9|fairemail|orange|laposte|libero|virgilio|tutanota|tuta|fastmail|zoho|hushmail|device|mobile|\
    phone|tablet|smartphone|handset|handy|móvil|movil|celular|téléphone|telefono|telefoon|telefon|telefone|puhelim|\
    mobil|on the go|mail for |mail app|correo para|courrier pour|mail für |携帯|手机|手機";
