using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Record;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>
/// A Raspberry Pi's service: its stream where it has one, else its metrics, once a second. A connection that is lost is made again, after
/// pauses that grow.
/// </summary>
internal sealed class UrlSource : IMonitorSource
{
    private const int _longestFrame = 4 << 20;
    private const int _largestAnswer = 1 << 20;
    private const int _longestRefusal = 4096;
    private const int _mostAtOnce = 200;
    private const double _longestPauseSeconds = 30;
    private static readonly string[] _streams = ["stream", "api/stream"]; // of a Pi, of a live page
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(16); // three of the comments of a quiet stream

    private readonly Uri _url;
    private readonly ModelScorer? _scorer;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private StreamFrames _frames;
    private MetricsSteps? _metrics;
    private HttpResponseMessage? _answer;
    private LineSource? _lines;
    private string _event = "";
    private long _heardTicks;
    private string? _refusal; // of the first connection; the next ones are tried in Advance
    private int _failures;

    /// <summary>Connects.</summary>
    /// <param name="url">The service's address.</param>
    /// <param name="scorer">Computes the score; null: it is what the service says.</param>
    /// <param name="time">Time.</param>
    /// <param name="interrupted">Ends the attempt.</param>
    /// <exception cref="CommandException">It does not answer, or is something else.</exception>
    public UrlSource(Uri url, ModelScorer? scorer, TimeProvider time, CancellationToken interrupted)
    {
        _url = url.AbsolutePath.EndsWith('/') ? url : new Uri(url + "/");
        _scorer = scorer;
        _time = time;
        _frames = new StreamFrames(_url.ToString(), scorer);
        // The device is near: a proxy of this computer does not lead there.
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = _patience };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = _largestAnswer };
        try
        {
            Connect(interrupted);
        }
        catch (CommandException full) when (
            full.InnerException is HttpRequestException { StatusCode: HttpStatusCode.ServiceUnavailable } reason)
        {
            _refusal = Reason(reason);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Mode => _metrics != null ? "metrics" : "stream";

    /// <inheritdoc/>
    public bool IsOver => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        Disconnect();
        _client.Dispose();
    }

    /// <inheritdoc/>
    public void Advance(MonitorSession session, TimeSpan wait, CancellationToken interrupted)
    {
        if (_metrics == null && _lines == null)
        {
            if (_refusal != null) Lose(session, _refusal, "refuses");
            _refusal = null;
            Reconnect(session, interrupted);
            return;
        }
        try
        {
            if (_metrics != null) Poll(session, wait, interrupted);
            else TakeFrames(session, wait, interrupted);
        }
        catch (HttpRequestException lost)
        {
            Lose(session, Reason(lost));
        }
        catch (FormatException wrong) when (session.Steps > 0)
        {
            session.Bad++;
            session.LastBad = wrong.Message;
        }
        catch (FormatException wrong)
        {
            throw new CommandException($"{_url}: {wrong.Message}; is this the health address of edgernn-pi?", wrong);
        }
    }

    /// <inheritdoc/>
    public string Nothing(MonitorSession session) => _metrics != null ? $"{_url}: expected metrics, found none" + Hindered(session)
        : $"{_url}: expected steps in its stream, found none{Hindered(session)}; look at its sensor with `edgernn-pi health`";

    private static string Hindered(MonitorSession session) => session.Hindrance == null ? "" : $": {session.Hindrance}";

    private void Connect(CancellationToken interrupted)
    {
        try
        {
            foreach (string path in _streams)
                if (OpenStream(path, interrupted)) return;
            string text = GetMetrics(interrupted);
            if (_scorer != null)
                throw new CommandException($"{_url}: expected a stream of samples for --model, found metrics alone; leave --model out");
            if (!MetricsSteps.IsOurs(text))
            {
                throw new CommandException($"{_url}: expected the health address of edgernn-pi, found something else; " +
                    "see health.address there");
            }
            _metrics = new MetricsSteps();
        }
        catch (HttpRequestException refused)
        {
            string remedy = refused.StatusCode == null ? "start edgernn-pi there, and look at its health.address"
                : "pass the health address of edgernn-pi, as http://raspberrypi:8077";
            throw new CommandException($"{_url}: expected a Pi's service, found none: {Reason(refused)}; {remedy}", refused);
        }
    }

    private bool OpenStream(string path, CancellationToken interrupted)
    {
        HttpResponseMessage answer = Send(path, HttpCompletionOption.ResponseHeadersRead, interrupted);
        if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            _answer = answer;
            _lines = new LineSource(answer.Content.ReadAsStream(interrupted), _time, longestLine: _longestFrame);
            _heardTicks = _time.GetTimestamp();
            _event = "";
            return true;
        }
        using (answer)
        {
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound) return false;
            throw Refused(answer, interrupted);
        }
    }

    // With the first line of what it says.
    private static HttpRequestException Refused(HttpResponseMessage answer, CancellationToken interrupted)
    {
        string said = "";
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        limit.CancelAfter(_patience);
        try
        {
            answer.Content.LoadIntoBufferAsync(_longestRefusal, limit.Token).GetAwaiter().GetResult();
            using StreamReader reader = new(answer.Content.ReadAsStream(interrupted), Encoding.UTF8);
            said = OneLine.Of(reader.ReadLine() ?? "");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            // The status says enough.
        }
        string text = $"it answers {(int)answer.StatusCode}{(said.Length == 0 ? "" : $": {said}")}";
        return new HttpRequestException(text, null, answer.StatusCode);
    }

    private string GetMetrics(CancellationToken interrupted)
    {
        using HttpResponseMessage answer = Send("metrics", HttpCompletionOption.ResponseContentRead, interrupted);
        if (!answer.IsSuccessStatusCode) throw Refused(answer, interrupted);
        using StreamReader reader = new(answer.Content.ReadAsStream(interrupted), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private HttpResponseMessage Send(string path, HttpCompletionOption until, CancellationToken interrupted)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        limit.CancelAfter(_patience);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_url, path));
            return _client.Send(request, until, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new HttpRequestException($"it does not answer within {_patience.TotalSeconds} s");
        }
    }

    private void Poll(MonitorSession session, TimeSpan wait, CancellationToken interrupted)
    {
        if (!_metrics!.IsDue(_time))
        {
            interrupted.WaitHandle.WaitOne(wait);
            return;
        }
        _metrics.Add(session, GetMetrics(interrupted), _time);
        _failures = 0;
        session.SetHindrance(null);
    }

    private void TakeFrames(MonitorSession session, TimeSpan wait, CancellationToken interrupted)
    {
        TimeSpan patience = wait;
        for (int taken = 0; taken < _mostAtOnce && _lines!.TryTake(out ArrivedLine line, patience, interrupted); taken++)
        {
            patience = TimeSpan.Zero;
            _heardTicks = line.AtTicks;
            if (line.Text.StartsWith("event:", StringComparison.Ordinal)) _event = line.Text["event:".Length..].Trim();
            if (!line.Text.StartsWith("data:", StringComparison.Ordinal)) continue;
            _failures = 0;
            _frames.Take(session, _event, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line.Text["data:".Length..])));
        }
        if (_lines!.IsAtEnd) Lose(session, _lines.Failure ?? "it has ended the connection");
        else if (_time.GetElapsedTime(_heardTicks) > _silence) Lose(session, $"nothing came for {_silence.TotalSeconds} s");
    }

    private void Lose(MonitorSession session, string reason, string how = "is lost")
    {
        Disconnect();
        if (_failures == 0) session.Tell(LiveEventKind.Note, $"{_url} {how}: {reason}");
        _failures++;
        session.SetHindrance(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{_url} {how}: {reason}; tried again in {Pause.TotalSeconds:0} s"));
    }

    private TimeSpan Pause => TimeSpan.FromSeconds(Math.Min(_longestPauseSeconds, Math.Pow(2, Math.Min(_failures, 10) - 1)));

    private void Reconnect(MonitorSession session, CancellationToken interrupted)
    {
        if (interrupted.WaitHandle.WaitOne(Pause)) return;
        _frames = new StreamFrames(_url.ToString(), _scorer);
        try
        {
            Connect(interrupted);
        }
        catch (CommandException refused) when (refused.InnerException is HttpRequestException reason)
        {
            Lose(session, Reason(reason));
            return;
        }
        session.Reconnects++;
        session.SetHindrance(null);
        session.Tell(LiveEventKind.Note, $"{_url} is back");
    }

    private void Disconnect()
    {
        _metrics = null;
        _lines?.Dispose();
        _lines = null;
        _answer?.Dispose();
        _answer = null;
    }

    private static string Reason(HttpRequestException error) => error.StatusCode != null ? error.Message
        : (error.InnerException ?? error).Message.TrimEnd('.');
}
