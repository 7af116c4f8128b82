//! The object database of a repository, readable from many threads.

use super::{BlobId, TreeError};
use foldhash::HashMap;
use gix::objs::Find as _;
use std::io::Read as _;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

type Handle = gix::odb::Cache<gix::odb::store::Handle<Arc<gix::odb::Store>>>;

/// Blob, tree and commit objects of one repository.
pub(super) struct Objects {
    store: Arc<gix::odb::Store>,
    /// Handles that nobody uses at the moment, with their buffers: a handle serves one thread at a time.
    idle: Mutex<Vec<(Handle, Vec<u8>)>>,
    /// Directories by the id of their tree object, which both sides of a comparison share.
    listings: RwLock<HashMap<gix::ObjectId, Arc<Listing>>>,
    /// What to do when an object is missing.
    remedy: String,
}

/// A directory of a revision, sorted by name; names that are not UTF-8 are left out, for no source can name them.
pub(super) type Listing = Vec<Listed>;

/// One entry of a directory of a revision.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) kind: gix::objs::tree::EntryKind,
    pub(super) id: gix::ObjectId,
}

impl std::fmt::Debug for Objects {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Objects").field("path", &self.store.path()).finish_non_exhaustive()
    }
}

impl Objects {
    pub(super) fn new(store: Arc<gix::odb::Store>, remedy: String) -> Self {
        Objects { store, idle: Mutex::default(), listings: RwLock::default(), remedy }
    }

    /// Reads an object whole and hands it to `use_it` with its kind; the message is for the place that asked.
    pub(super) fn read<T>(&self, id: &gix::oid, use_it: impl FnOnce(gix::objs::Kind, &[u8]) -> T) -> Result<T, String> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // Without a pack cache: recent objects stand at the head of their delta chains, so it would only cost.
        let (handle, mut buffer) = idle.unwrap_or_else(|| (self.store.to_cache_arc(), Vec::new()));
        let result = match handle.try_find(id, &mut buffer) {
            Ok(Some(data)) => Ok(use_it(data.kind, data.data)),
            Ok(None) => Err(self.missing(id)),
            Err(error) => Err(format!("object {id} cannot be read ({error}); run `git fsck` to see what is broken")),
        };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((handle, buffer));
        result
    }

    /// Length in bytes of an object, without reading it; `None` if it cannot be found.
    pub(super) fn size(&self, id: &gix::oid) -> Option<u64> {
        use gix::odb::Header as _;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (handle, buffer) = idle.unwrap_or_else(|| (self.store.to_cache_arc(), Vec::new()));
        let header = handle.try_header(id);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((handle, buffer));
        header.ok().flatten().map(|header| header.size())
    }

    /// The bytes of a blob.
    pub(super) fn blob(&self, id: &gix::oid) -> Result<Arc<[u8]>, String> {
        self.read(id, |kind, bytes| match kind {
            gix::objs::Kind::Blob => Ok(Arc::from(bytes)),
            kind => Err(format!("object {id} is a {kind}, not a file; run `git fsck` to see what is broken")),
        })?
    }

    /// The entries of a tree object.
    pub(super) fn listing(&self, id: &gix::oid) -> Result<Arc<Listing>, String> {
        let known = self.listings.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let listing = Arc::new(self.read(id, |kind, bytes| parse_listing(id, kind, bytes))??);
        self.listings.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), listing.clone());
        Ok(listing)
    }

    fn missing(&self, id: &gix::oid) -> String {
        format!("object {id} is missing from this repository; {}", self.remedy)
    }
}

/// The entry of that name.
pub(super) fn listed<'a>(listing: &'a Listing, name: &str) -> Option<&'a Listed> {
    let at = listing.binary_search_by(|listed| listed.name.as_str().cmp(name)).ok()?;
    listing.get(at)
}

fn parse_listing(id: &gix::oid, kind: gix::objs::Kind, bytes: &[u8]) -> Result<Listing, String> {
    let broken = || format!("object {id} is not a directory that can be read; run `git fsck` to see what is broken");
    if kind != gix::objs::Kind::Tree {
        return Err(broken());
    }
    let mut listing = Vec::new();
    for entry in gix::objs::TreeRefIter::from_bytes(bytes, id.kind()) {
        let entry = entry.map_err(|_| broken())?;
        if let Ok(name) = std::str::from_utf8(entry.filename) {
            listing.push(Listed { name: name.to_owned(), kind: entry.mode.kind(), id: entry.oid.to_owned() });
        }
    }
    // Git sorts directories as if they ended in `/`.
    listing.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listing)
}

/// The id of a blob; its bytes.
pub(super) fn blob_bytes(id: &gix::oid) -> BlobId {
    let mut bytes = [0; 20];
    for (to, from) in bytes.iter_mut().zip(id.as_bytes()) {
        *to = *from;
    }
    BlobId(bytes)
}

pub(super) fn object_id(id: BlobId) -> gix::ObjectId {
    gix::ObjectId::Sha1(id.0)
}

/// The id that git gives a file with these bytes.
pub(super) fn blob_id(bytes: &[u8]) -> BlobId {
    // The collision attack that makes this fail is answered with an id that equals no other file's.
    match gix::objs::compute_hash(gix::hash::Kind::Sha1, gix::objs::Kind::Blob, bytes) {
        Ok(id) => blob_bytes(&id),
        Err(_) => BlobId([0xff; 20]),
    }
}

/// The id of a file on disk, read piece by piece.
pub(super) fn blob_id_of_file(path: &std::path::Path) -> std::io::Result<BlobId> {
    const PIECE: u64 = 1 << 20;
    let mut file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length <= PIECE {
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.read_to_end(&mut bytes)?;
        return Ok(blob_id(&bytes));
    }
    let mut hasher = gix::hash::hasher(gix::hash::Kind::Sha1);
    hasher.update(format!("blob {length}\0").as_bytes());
    let mut piece = Vec::new();
    loop {
        piece.clear();
        if (&mut file).take(PIECE).read_to_end(&mut piece)? == 0 {
            break;
        }
        hasher.update(&piece);
    }
    Ok(hasher.try_finalize().map_or(BlobId([0xff; 20]), |id| blob_bytes(&id)))
}

pub(super) fn write_hex(bytes: &[u8], formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    bytes.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
}

/// The error of an object, at a path.
pub(super) fn at(path: &str) -> impl FnOnce(String) -> TreeError + '_ {
    move |message| TreeError::new(path, message)
}
