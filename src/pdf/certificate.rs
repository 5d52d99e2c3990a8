//! Who signed, from the certificate inside of a digital signature （CMS, RFC 5652）: just the
//! common name of the signer, nothing of it proved.
//!
//! The encoding （DER, X.690） is read by hand: a tag, a length, so many bytes. What is built
//! another way than expected has no name, which is no error.

/// An object of DER: its tag and what is in it.
type Part<'a> = (u8, &'a [u8]);

const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
/// `[0]`, which is what it stands for in its place.
const TAGGED: u8 = 0xA0;
/// The common name of a person or organisation （id-at-commonName, 2.5.4.3）.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];

/// The common name of the one who signed, from the contents of a signature.
pub(super) fn signer(contents: &[u8]) -> Option<String> {
    let content_info = inside(contents, SEQUENCE)?;
    let wrapped = parts(content_info).into_iter().find(|part| part.0 == TAGGED)?;
    let signed_data = parts(inside(wrapped.1, SEQUENCE)?);
    let certificates = parts(signed_data.iter().find(|part| part.0 == TAGGED)?.1);
    let serial = signed_data.iter().rev().find(|part| part.0 == SET).and_then(|infos| signer_serial(infos.1));
    let bodies = certificates.iter().filter_map(|certificate| inside(certificate.1, SEQUENCE));
    let bodies: Vec<Vec<Part<'_>>> = bodies.map(parts).collect();
    let is_signer = |body: &&Vec<Part<'_>>| {
        let own = body.iter().find(|part| part.0 == INTEGER).map(|part| part.1);
        serial.is_some() && own == serial
    };
    common_name(bodies.iter().find(is_signer).or_else(|| bodies.first())?)
}

/// The serial number of the certificate that the first signer names as his own.
fn signer_serial(infos: &[u8]) -> Option<&[u8]> {
    let info = parts(inside(infos, SEQUENCE)?);
    let named = parts(info.iter().find(|part| part.0 == SEQUENCE)?.1);
    named.iter().find(|part| part.0 == INTEGER).map(|part| part.1)
}

/// The common name of whom a certificate is for: the third of its sequences, after those of the
/// algorithm and the issuer, counted past the one of the validity.
fn common_name(body: &[Part<'_>]) -> Option<String> {
    let subject = body.iter().filter(|part| part.0 == SEQUENCE).nth(3)?;
    let names = parts(subject.1).into_iter().flat_map(|set| parts(set.1));
    names.filter(|part| part.0 == SEQUENCE).find_map(|name| match parts(name.1).as_slice() {
        [(OBJECT_IDENTIFIER, COMMON_NAME), (sort, text)] => text_of(*sort, text),
        _ => None,
    })
}

/// A text in one of the encodings that names come in.
fn text_of(sort: u8, bytes: &[u8]) -> Option<String> {
    const UTF8: u8 = 0x0C;
    const PRINTABLE: u8 = 0x13;
    const IA5: u8 = 0x16;
    const TWO_BYTES: u8 = 0x1E;
    match sort {
        UTF8 | PRINTABLE | IA5 => String::from_utf8(bytes.to_vec()).ok(),
        TWO_BYTES => {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()
        }
        _ => None,
    }
}

/// What is inside of the object that begins here, if it is of that sort.
fn inside(bytes: &[u8], sort: u8) -> Option<&[u8]> {
    let ((tag, content), _) = part(bytes)?;
    (tag == sort).then_some(content)
}

/// The objects one after another, up to what cannot be read.
fn parts(mut bytes: &[u8]) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    while let Some((one, rest)) = part(bytes) {
        found.push(one);
        bytes = rest;
    }
    found
}

/// The first object, and what follows it.
fn part(bytes: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let digits = usize::from(first & 0x7F);
        // Above four digits, or without an end said at all, it is no certificate of this world.
        let (digits, rest) = rest.split_at_checked(digits).filter(|_| (1..=4).contains(&digits))?;
        (digits.iter().fold(0, |all, digit| all << 8 | usize::from(*digit)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some(((tag, content), rest))
}
