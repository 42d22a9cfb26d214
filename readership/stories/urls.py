"""Addresses that are no page of the tree. They stand before Wagtail's, which takes all that is left."""

from django.urls import path

from readership.stories import feeds, views

app_name = "stories"
urlpatterns = [
    path("authors/<str:slug>/", views.author, name="author"),
    path("authors/<str:slug>/feed/", feeds.AuthorFeed(), name="author_feed"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("topics/<str:slug>/feed/", feeds.TopicFeed(), name="topic_feed"),
    path("search/", views.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index),
    path("sitemaps/index.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemaps/<str:kind>-<int:number>.xml", views.sitemap, name="sitemap"),
    path("news-sitemap.xml", views.news_sitemap, name="news_sitemap"),
    path("feed/", feeds.StoriesFeed(), name="feed"),
    path("<path:section_path>/feed/", feeds.SectionFeed(), name="section_feed"),
]
