//! Writes single pages, given by their path.

use std::sync::Arc;

use super::article;
use super::lists::write_single;
use super::related::Related;
use super::run::Run;
use crate::backend::{LoadError, Payload};
use crate::edition::EditionError;
use crate::edition::manifest::PageState;
use crate::edition::output;
use crate::model::Address;

/// Writes the page at a path, or removes it if the backend has nothing for it.
pub async fn write(run: &mut Run, path: &str) -> Result<(), EditionError> {
    let unusable = |why: &str| EditionError::Unusable {
        problem: format!("{path}: {why}"),
    };
    let route = Address::parse(path.trim_start_matches('/'));
    let address = route.address().ok_or_else(|| {
        unusable("is not a page of a newspaper; write a path such as `articles/123/` or `sections/world/page/2/`")
    })?;
    let path = address.path();
    if let Some(objection) = output::objection(&path) {
        return Err(unusable(&objection));
    }
    if let Address::Article(id) | Address::Print(id) = address {
        return write_article(run, id).await;
    }
    let context = Arc::clone(&run.context);
    if matches!(address, Address::Section(..) | Address::Photos(_))
        && let Some(wanted) = context.pages.subject(&route)
    {
        let is_gone = match context.reader.load(&wanted).await? {
            Ok(payload) => matches!(&payload, Payload::List(list) if list.items.is_empty() && list.page > Some(1)),
            Err(error) => error == LoadError::NotFound,
        };
        if is_gone {
            run.summary
                .add_problem(format!("/{path}: the backend has no such list"));
            run.summary.removed += u64::from(context.output.remove_page(&path)?);
            return Ok(());
        }
    }
    write_single(run, &address).await
}

async fn write_article(run: &mut Run, id: &str) -> Result<(), EditionError> {
    let context = Arc::clone(&run.context);
    let path = Address::Article(id).path();
    match context.repository().article(id).await {
        Ok(article) => {
            // Without the list of all articles, the backend says what belongs to this one.
            let mut related = Related::new(&context, None, &Arc::new(article));
            article::keep_data(&context, id, &mut related).await?;
            let problems = article::write_pages(&context, id, &mut related).await?;
            run.summary.add_problems(&format!("article `{id}`"), problems);
            run.summary.rendered += 1;
            run.summary.articles += 1;
            // The next whole run makes it again, because its neighbours may also have changed.
            run.manifest.add(&path, PageState::Outdated)
        }
        Err(LoadError::NotFound) => {
            run.summary.removed += u64::from(article::remove(&context, id)?);
            Ok(())
        }
        Err(error) => Err(EditionError::Backend { what: path, error }),
    }
}
