using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>Sentences of a scenario, as <c>alarm within 10 s of t=60</c>. The grammar is in the README of this folder.</summary>
internal sealed partial class ExpectationParser
{
    // What happens "at" a time may take this long: a device samples, judges, and only then says so.
    private const long AtMicros = 2_000_000;

    private readonly string _text;
    private readonly string[] _words;
    private readonly ScenarioPins _pins;
    private readonly long _duration;
    private int _next;

    private ExpectationParser(string text, ScenarioPins pins, long duration)
    {
        _text = text;
        _words = [.. WordPattern().Matches(text).Select(match => match.Value)];
        _pins = pins;
        _duration = duration;
    }

    /// <summary>Understands a sentence.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="pins">What led, buzzer and button are.</param>
    /// <param name="durationMicros">How long the scenario takes.</param>
    /// <exception cref="FormatException">It is none; one line: expected, found.</exception>
    public static Expectation Parse(string text, ScenarioPins pins, long durationMicros)
    {
        ExpectationParser parser = new(text, pins, durationMicros);
        Expectation read = parser.Sentence();
        return parser._next == parser._words.Length ? read : throw parser.Wrong("the end of the sentence");
    }

    private Expectation Sentence()
    {
        bool isNegated = Take("no");
        string first = OneOf(isNegated ? ["alarm", "sensor"] : ["alarm", "sensor", "state", "pin", "led", "buzzer", "channel"]);
        Expectation subject = new() { Text = _text };
        bool isLevel = false;
        switch (first)
        {
            case "alarm":
                bool isOff = !isNegated && Take("off");
                isLevel = isOff || (!isNegated && Take("on"));
                subject = subject with { Subject = ExpectationSubject.Alarm };
                if (isOff) return Off(subject);
                break;
            case "sensor":
                bool isOk = OneOf(isNegated ? ["fault"] : ["fault", "ok"]) == "ok";
                subject = subject with { Subject = ExpectationSubject.SensorFault };
                if (isOk) return Off(subject);
                break;
            case "state" when OneOf("is", "restored") == "restored":
                subject = subject with { Subject = ExpectationSubject.StateRestored };
                break;
            case "state":
                DetectorState state = Enum.Parse<DetectorState>(OneOf(Enum.GetNames<DetectorState>()));
                subject = subject with { Subject = ExpectationSubject.State, State = state };
                isLevel = true;
                break;
            case "channel":
                subject = subject with { Subject = ExpectationSubject.Cause, Channel = Next("the name of a channel") };
                OneOf("causes");
                OneOf("alarm");
                break;
            default:
                subject = Pin(subject, first);
                isLevel = true;
                break;
        }
        return isNegated ? Never(subject) : isLevel ? Level(subject) : Happening(subject);
    }

    private Expectation Pin(Expectation subject, string first)
    {
        if (first == "pin")
        {
            string word = Next("the number of a pin");
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw Wrong("the number of a pin", back: true);
            return subject with { Subject = ExpectationSubject.Pin, Pin = number, IsHigh = OneOf("high", "low") == "high" };
        }
        PinUse use = (first == "led" ? _pins.Led : _pins.Buzzer)
            ?? throw new FormatException($"expected a {first} under board, found none; add it");
        bool isOn = first == "led" ? OneOf("lit", "dark") == "lit" : OneOf("on", "off") == "on";
        return subject with { Subject = ExpectationSubject.Output, Output = use, IsOn = isOn };
    }

    // It begins in the window.
    private Expectation Happening(Expectation subject)
    {
        (string kind, long from, long to) = Window();
        if (kind == "at") to = Math.Min(_duration, from + AtMicros);
        return subject with { Demand = ExpectationDemand.Begins, FromMicros = from, ToMicros = to };
    }

    private Expectation Never(Expectation subject)
    {
        (_, long from, long to) = Window();
        return subject with { Demand = ExpectationDemand.Never, FromMicros = from, ToMicros = to };
    }

    private Expectation Level(Expectation subject)
    {
        (string kind, long from, long to) = Window();
        if (kind == "by") from = to;
        ExpectationDemand demand = kind == "within" ? ExpectationDemand.Sometime : ExpectationDemand.Throughout;
        return subject with { Demand = demand, FromMicros = from, ToMicros = to };
    }

    // The opposite of a thing that happens, as a level: off by a time, off all the time, off at some time within.
    private Expectation Off(Expectation subject)
    {
        Expectation level = Level(subject);
        return level.Demand == ExpectationDemand.Throughout ? level with { Demand = ExpectationDemand.Never }
            : level with { IsOpposite = true };
    }

    private (string Kind, long From, long To) Window()
    {
        if (_next == _words.Length) return ("", 0, _duration);
        string kind = OneOf("at", "before", "after", "between", "within", "by");
        switch (kind)
        {
            case "before": return (kind, 0, Time() - 1);
            case "by": return (kind, 0, Time());
            case "after": return (kind, Time(), _duration);
            case "between":
                long begin = Time();
                OneOf("and");
                long end = Time();
                return end > begin ? (kind, begin, end)
                    : throw new FormatException("expected the later time behind 'and', found an earlier one");
            case "within":
                long lasts = Span();
                OneOf("of");
                long from = Time();
                return from + lasts <= _duration ? (kind, from, from + lasts)
                    : throw new FormatException($"expected a window that ends within the duration of {ScenarioMap.Seconds(_duration)}, " +
                        $"found {ScenarioMap.Seconds(from + lasts)}");
            default:
                long at = Time();
                return (kind, at, at);
        }
    }

    private long Time()
    {
        OneOf("t");
        OneOf("=");
        long at = Span();
        return at <= _duration ? at
            : throw new FormatException($"expected a time within the duration of {ScenarioMap.Seconds(_duration)}, found " +
                $"t={ScenarioMap.Seconds(at)}");
    }

    private long Span()
    {
        string number = Next("a time, as 10 s");
        int end = number.Length;
        while (end > 0 && char.IsAsciiLetter(number[end - 1])) end--;
        bool hasUnit = end < number.Length || (_next < _words.Length && ScenarioMap.ParseMicros("1 " + _words[_next]) >= 0
            && char.IsAsciiLetter(_words[_next][0]));
        double micros = ScenarioMap.ParseMicros(end < number.Length || !hasUnit ? number : $"{number} {_words[_next++]}");
        return micros is >= 0 and < 1e17 ? (long)Math.Round(micros) : throw Wrong("a time, as 10 s", back: true);
    }

    private bool Take(string word)
    {
        if (_next >= _words.Length || _words[_next] != word) return false;
        _next++;
        return true;
    }

    private string Next(string what) => _next < _words.Length ? _words[_next++] : throw Wrong(what);

    private string OneOf(params string[] possible)
    {
        if (_next < _words.Length && possible.Contains(_words[_next])) return _words[_next++];
        string? nearest = _next < _words.Length ? NearestWord.Of(_words[_next], possible) : null;
        throw Wrong(possible.Length == 1 ? $"'{possible[0]}'" : $"one of {string.Join(", ", possible)}", nearest);
    }

    private FormatException Wrong(string expected, string? nearest = null, bool back = false)
    {
        if (back) _next--;
        IEnumerable<string> before = _words.Take(_next);
        string where = _next == 0 ? "at the beginning" : $"behind '{string.Join(' ', before)}'";
        return new FormatException($"'{_text}': expected {expected} {where}, found " +
            $"{(_next < _words.Length ? $"'{_words[_next]}'" : "nothing")}" +
            (nearest == null ? "" : $"; did you mean {nearest}?"));
    }

    [GeneratedRegex(@"=|[^\s=]+")]
    private static partial Regex WordPattern();
}
