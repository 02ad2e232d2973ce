// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in a copy of a page, behind axe-core: checks the page and puts what was found into an element "axe-report", a
// line each, "ok" alone when there is nothing. Beside the rules of axe some of our own that it leaves to people or
// calls a best practice.
(function () {
    'use strict';
    var found = [];
    var say = function (rule, words) { found.push(rule + ': ' + words.replace(/\s+/g, ' ').slice(0, 200)); };
    var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
    var own = function () {
        var level = 0;
        all('h1, h2, h3, h4, h5, h6').forEach(function (h) {
            var here = Number(h.tagName.slice(1));
            if (here > level + 1)
                say('headings in order', h.tagName + ' "' + h.textContent + '" follows a heading of level ' + level);
            level = here;
        });
        if (all('h1').length !== 1)
            say('one first heading', all('h1').length + ' h1');
        if (document.documentElement.lang !== 'en-GB')
            say('language', 'lang is "' + document.documentElement.lang + '"');
        all('img').forEach(function (img) {
            if (!img.alt || !img.alt.trim())
                say('alternative text', img.outerHTML);
            else if (/^(image|picture|photo) of/i.test(img.alt))
                say('alternative text', 'says what it is: ' + img.alt);
            if (img.complete && img.naturalWidth === 0)
                say('pictures are there', img.getAttribute('src'));
        });
        all('svg').forEach(function (svg) {
            var words = svg.getAttribute('aria-label') || svg.getAttribute('aria-labelledby') || '';
            if (svg.getAttribute('aria-hidden') !== 'true' && (svg.getAttribute('role') !== 'img' || !words.trim()))
                say('alternative text', svg.outerHTML);
        });
        var seen = {};
        all('[id]').forEach(function (e) {
            if (seen['#' + e.id])
                say('ids are unique', e.id);
            seen['#' + e.id] = true;
        });
        all('table').forEach(function (table) {
            if (!table.querySelector('th[scope]') || !(table.caption && table.caption.textContent.trim()))
                say('tables have captions and headers with scope', table.outerHTML);
        });
        all('script, [onclick], [onload]').forEach(function (e) {
            if (!e.hasAttribute('data-axe'))
                say('pages need no scripts', e.outerHTML);
        });
    };
    var done = function () {
        var pre = document.createElement('pre');
        pre.id = 'axe-report';
        pre.textContent = '\n' + (found.length ? found.join('\n') : 'ok') + '\n';
        document.body.appendChild(pre);
    };
    window.addEventListener('load', function () {
        own();
        axe.run(document, {
            resultTypes: ['violations'],
            runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']}
        }).then(function (results) {
            if (results.testEngine.name !== 'axe-core' || results.passes.length === 0)
                say('axe', 'it checked nothing');
            results.violations.forEach(function (v) {
                v.nodes.forEach(function (node) { say(v.id, node.html + ' ' + (node.failureSummary || '')); });
            });
            done();
        }, function (error) { say('axe', String(error)); done(); });
    });
})();
