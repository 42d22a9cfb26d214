import "./elements/relative-time.js";
import "./elements/swap-form.js";
import "./elements/comment-form.js";
import "./elements/my-part.js";
import "./elements/load-more.js";
import "./elements/full-size.js";
