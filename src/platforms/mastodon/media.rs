//! The picture of a post: uploaded once, its id journalled, used again by later tries while the server keeps it.
//!
//! docs.joinmastodon.org/methods/media. Nothing here is public, so an upload whose outcome is unknown is simply made again.

use std::time::Duration as Pause;

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

use super::{Mastodon, replies};
use crate::calendar::{DateTime, Duration, Utc, instant};
use crate::delivery::{Attempt, FrozenPicture};
use crate::platforms::http::{Body, NoReply, Reply};
use crate::platforms::{DeliveryError, Journal};

/// The journal's word for the uploaded picture.
pub(super) const PICTURE: &str = "picture";

/// A server throws away what is attached to nothing after about a day.
const KEPT: Duration = Duration::hours(20);

/// How long to wait before asking again whether a picture is ready, in all under eight seconds; what is not ready then is asked for by the
/// next try.
const PAUSES: [Pause; 5] =
    [Pause::from_millis(250), Pause::from_millis(500), Pause::from_secs(1), Pause::from_secs(2), Pause::from_secs(4)];

/// How an uploaded picture stands.
enum Standing {
    Ready,
    Processing,
    /// Thrown away, or attached to a post already.
    Gone,
}

impl Mastodon {
    /// The id of the picture on the server, ready to be attached.
    pub(super) async fn upload(
        &self,
        picture: &FrozenPicture,
        attempt: &Attempt,
        journal: &mut dyn Journal,
    ) -> Result<String, DeliveryError> {
        let fresh = |at: DateTime<Utc>| instant::between(at, attempt.began) < KEPT;
        let kept = journal.done(PICTURE).filter(|(_, at)| fresh(*at)).and_then(|(value, _)| Some(value.get("id")?.as_str()?.to_owned()));
        if let Some(id) = kept {
            // Asked in any case: what was thrown away, or went out with a post that somebody has deleted since, cannot be attached.
            let standing = self.standing(&id, attempt).await?;
            if self.until_ready(&id, standing, attempt).await? {
                return Ok(id);
            }
        }
        let (id, standing) = self.send_picture(picture, attempt).await?;
        journal.record(PICTURE, json!({ "id": id })).await?;
        if self.until_ready(&id, standing, attempt).await? {
            return Ok(id);
        }
        Err(DeliveryError::Redo { step: PICTURE, why: "the server lost the picture while it was making it ready".to_owned() })
    }

    async fn send_picture(&self, picture: &FrozenPicture, attempt: &Attempt) -> Result<(String, Standing), DeliveryError> {
        let kind = picture.mime.rsplit('/').next().unwrap_or("jpeg");
        let part = Part::bytes(picture.bytes.to_vec()).file_name(format!("picture.{kind}")).mime_str(&picture.mime);
        let part = part.map_err(|_| DeliveryError::Refused { why: format!("\"{}\" is no type of picture", picture.mime) })?;
        let mut form = Form::new().part("file", part);
        if !picture.alt.is_empty() {
            form = form.text("description", picture.alt.clone());
        }
        let url = self.at("/api/v2/media");
        let reply = self.http.ask(Method::POST, url, Some(&self.token), &[], Body::Form(form)).await.map_err(NoReply::otherwise)?;
        if !reply.is_success() {
            return Err(replies::on_media(&self.http, &reply, attempt.began));
        }
        let id = reply.text("id");
        if id.is_empty() {
            return Err(DeliveryError::Later { after: None, why: "the server's reply to the picture cannot be read".to_owned() });
        }
        let standing = if reply.status == 202 { Standing::Processing } else { Standing::Ready };
        Ok((id.to_owned(), standing))
    }

    async fn standing(&self, id: &str, attempt: &Attempt) -> Result<Standing, DeliveryError> {
        let reply: Reply = self.get(self.at(&format!("/api/v1/media/{id}"))).await?;
        match reply.status {
            206 => Ok(Standing::Processing),
            200 => Ok(Standing::Ready),
            404 => Ok(Standing::Gone),
            _ => Err(replies::on_media(&self.http, &reply, attempt.began)),
        }
    }

    /// Waits a little; false when the picture is gone.
    async fn until_ready(&self, id: &str, mut standing: Standing, attempt: &Attempt) -> Result<bool, DeliveryError> {
        let mut pauses = PAUSES.iter();
        loop {
            match (standing, pauses.next()) {
                (Standing::Ready, _) => return Ok(true),
                (Standing::Gone, _) => return Ok(false),
                (Standing::Processing, Some(pause)) => tokio::time::sleep(*pause).await,
                (Standing::Processing, None) => {
                    return Err(DeliveryError::Later { after: None, why: "the server is still making the picture ready".to_owned() });
                }
            }
            standing = self.standing(id, attempt).await?;
        }
    }
}
