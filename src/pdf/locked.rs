//! A PDF that opens with a password only （パスワード）: AES-256, as PDF 2.0 has it (security handler of
//! revision 6). What the file says of itself is encrypted too.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{
    Dictionary, Document as File, EncryptionState, EncryptionVersion, Error, Object, Permissions, StringFormat,
};
use sha2::{Digest, Sha256};

use crate::model::failure::Failure;
use crate::model::package::Passphrase;

use super::finish::{fault, hex};
use super::inspect::open;

/// The name of the one way in which everything is encrypted.
const FILTER: &[u8] = b"StdCF";

/// Makes the copy that opens with this password. Whoever has opened it may print, fill in and copy.
///
/// `key` is what it is encrypted with: 32 bytes that nobody can guess, new ones for each file.
///
/// # Errors
/// The bytes are no PDF, or are locked already; the password is empty, or has characters that no
/// password may have （`SASLprep`, RFC 4013）.
pub fn locked(bytes: &[u8], password: &Passphrase, key: &[u8; 32]) -> Result<Vec<u8>, Failure> {
    if password.0.is_empty() {
        return Err(Failure::Password);
    }
    let mut file = open(bytes).map_err(|_| Failure::NotOwnPdf)?;
    // Nobody knows the password of the owner: opening is all that is asked for.
    let owner = hex(&Sha256::digest([key.as_slice(), b"owner"].concat()));
    let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let state = EncryptionState::try_from(EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(FILTER.to_vec(), filter)]),
        file_encryption_key: key,
        stream_filter: FILTER.to_vec(),
        string_filter: FILTER.to_vec(),
        owner_password: &owner,
        user_password: &password.0,
        permissions: Permissions::all(),
    });
    let state = state.map_err(|_| Failure::Password)?;
    "2.0".clone_into(&mut file.version);
    file.prune_objects();
    // The identity stays open: that of the open file is made of its bytes, and would prove a guess at them.
    let identity = Sha256::digest([key.as_slice(), b"identity"].concat())[..16].to_vec();
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    if let Ok(pair) = file.trailer.get_mut(b"ID").and_then(Object::as_array_mut) {
        pair.truncate(1);
        pair.push(identity);
    }
    file.encrypt(&state).map_err(fault)?;
    say_lengths(&mut file).map_err(fault)?;
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// Says the length of the key where older readers look for it: poppler takes one of 40 bits else.
fn say_lengths(file: &mut File) -> Result<(), Error> {
    let encrypt = file.trailer.get(b"Encrypt").and_then(Object::as_reference)?;
    let encrypt: &mut Dictionary = file.get_object_mut(encrypt).and_then(Object::as_dict_mut)?;
    encrypt.set("Length", 256);
    let filters = encrypt.get_mut(b"CF").and_then(Object::as_dict_mut)?;
    let filter = filters.get_mut(FILTER).and_then(Object::as_dict_mut)?;
    filter.set("Length", 32);
    filter.set("AuthEvent", "DocOpen");
    Ok(())
}
