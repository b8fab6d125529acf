using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Page.Tests;

/// <summary>
/// A run made of arithmetic, behind the real feed and server: signals that swing, a score around 1 that a fault lifts to 20, an alarm
/// where it is above the threshold. Time goes on as the clock does while it runs, and by <see cref="Advance"/>.
/// </summary>
internal sealed class SyntheticRun : ILiveControl, IAsyncDisposable
{
    private const float LearntThreshold = 4;

    private static readonly string[] _names = ["ax", "ay", "az", "temperature", "flow", "pressure", "current", "speed"];
    private static readonly string[] _units = ["m/s2", "m/s2", "m/s2", "degC", "l/min", "bar", "A", "rpm"];

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly int _channels;
    private readonly double _rate;
    private readonly bool _isMonitor;
    private readonly List<string> _commands = [];
    private LiveStep _step;
    private Random _random = new(1);
    private Task _clock = Task.CompletedTask;
    private LiveServer _server;
    private ulong _seed = 1;
    private long _steps;
    private double _speed = 1;
    private double _faultUntil, _goneUntil;
    private float _score, _setThreshold;
    private bool _isPaused, _isAlarming, _isFaulty, _isPressed;

    private SyntheticRun(int channels, double rate, bool isMonitor)
    {
        _channels = channels;
        _rate = rate;
        _isMonitor = isMonitor;
        _step = new LiveStep(channels, 24);
        Feed = new LiveFeed(Describe());
        _server = new LiveServer(Feed, isMonitor ? null : this, 0);
    }

    public LiveFeed Feed { get; }

    public Uri Url => _server.Url;

    /// <summary>The names of the commands that came.</summary>
    public string[] Commands { get { lock (_lock) return [.. _commands]; } }

    public ulong Seed { get { lock (_lock) return _seed; } }

    public double Now { get { lock (_lock) return _steps / _rate; } }

    /// <summary>Set before it starts: whether the run has come to its end.</summary>
    public IReadOnlyList<Verdict>? Ending { get; set; }

    /// <summary>A run that has been going for a while, and goes on in real time where it runs.</summary>
    public static async Task<SyntheticRun> StartAsync(
        int channels = 4, double rate = 100, bool isMonitor = false, double past = 20, bool runs = true)
    {
        SyntheticRun run = new(channels, rate, isMonitor);
        run.Advance(past);
        await run._server.StartAsync();
        if (runs) run._clock = run.GoAsync();
        return run;
    }

    /// <summary>Lets so many seconds of the device pass at once.</summary>
    public void Advance(double seconds)
    {
        lock (_lock)
        {
            for (int i = (int)Math.Round(seconds * _rate); i > 0; i--) Step();
            Tell();
        }
    }

    /// <summary>Ends the server and starts another one at the same address, as a program that is started again.</summary>
    public async Task<Func<Task>> StopServerAsync()
    {
        int port = Url.Port;
        await _server.DisposeAsync();
        return async () =>
        {
            _server = new LiveServer(Feed, this, port);
            await _server.StartAsync();
        };
    }

    public string? Do(LiveCommand command)
    {
        lock (_lock)
        {
            _commands.Add(command.Name);
            switch (command.Name)
            {
                case "pause": _isPaused = true; break;
                case "resume": _isPaused = false; break;
                case "step": Step(); break;
                case "speed": _speed = command.Value == 0 ? 100 : command.Value; break;
                case "seed": Restart(ulong.Parse(command.Text)); break;
                case "restart": Restart(_seed); break;
                case "fault" when command.Text == "bearing":
                    _faultUntil = _steps / _rate + 5;
                    Note(LiveEventKind.Injected, "Injected: bearing fault");
                    break;
                case "fault" when command.Text == "unplug":
                    _goneUntil = _steps / _rate + 3;
                    Note(LiveEventKind.Injected, "Injected: sensor unplugged");
                    break;
                case "press" or "release": _isPressed = command.Name == "press"; break;
                case "threshold": _setThreshold = (float)command.Value; break;
                case "acknowledge": _faultUntil = 0; break;
                default: return $"{command.Name}: not understood here";
            }
            Tell();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _clock;
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task GoAsync()
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) if (!_isPaused) Advance(0.02 * _speed);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Restart(ulong seed)
    {
        _seed = seed;
        _random = new Random((int)seed);
        _steps = 0;
        _score = _setThreshold = 0;
        _faultUntil = _goneUntil = 0;
        _isAlarming = _isFaulty = _isPaused = false;
        _step = new LiveStep(_channels, 24);
        Feed.Describe(Describe());
        Advance(1);
    }

    private void Step()
    {
        double now = ++_steps / _rate;
        bool isBad = now < _faultUntil, isGone = now < _goneUntil;
        for (int i = 0; i < _channels; i++)
        {
            double swing = Math.Sin(now * (2 + 1.7 * i)) + 0.4 * (_random.NextDouble() - 0.5);
            _step.Values[i] = i == 0 && isGone ? float.NaN : (float)((i == 2 ? 9.81 : 4 * i) + swing * (isBad && i == 0 ? 4 : 1));
            _step.Shares[i] = i == 0 ? 100 - 5 * (_channels - 1) : 5;
            _step.Faults[i] = i == 0 && isGone ? 7 : 0;
        }
        for (int i = 0; i < _step.Hidden.Length; i++) _step.Hidden[i] = (float)(Math.Sin(now * (0.3 + 0.11 * i) + i) * (isBad ? 1 : 0.6));
        _score += ((isBad ? 20 : 1 + (float)_random.NextDouble() * 0.2f) - _score) * 0.05f;
        float threshold = _setThreshold > 0 ? _setThreshold : LearntThreshold;
        _step.Seconds = now;
        _step.Score = _score;
        _step.Threshold = threshold;
        bool wasAlarming = _isAlarming, wasFaulty = _isFaulty;
        _isAlarming = _score > threshold;
        _isFaulty = isGone;
        _step.IsAlarming = _isAlarming;
        _step.State = isGone ? 4 : _isAlarming ? 3 : 2;
        _step.HasSample = !isGone;
        Feed.Add(_step);
        if (_isAlarming && !wasAlarming) Note(LiveEventKind.AlarmBegan, "Alarm: the score is over its threshold");
        if (!_isAlarming && wasAlarming) Note(LiveEventKind.AlarmEnded, "Alarm over");
        if (_isFaulty && !wasFaulty) Note(LiveEventKind.SensorFault, "Sensor mpu6050 does not answer");
        if (!_isFaulty && wasFaulty) Note(LiveEventKind.SensorOk, "Sensor mpu6050 answers again");
    }

    private void Note(LiveEventKind kind, string text)
    {
        LiveShare[] shares = [];
        if (kind == LiveEventKind.AlarmBegan)
        {
            shares = new LiveShare[_channels];
            for (int i = 0; i < _channels; i++) shares[i] = new LiveShare(_names[i], _step.Shares[i]);
        }
        Feed.Add(new LiveEvent(_steps / _rate, kind, text) { Shares = shares });
    }

    private void Tell()
    {
        Feed.SetPins(_isMonitor ? [_isAlarming, _isAlarming] : [_isAlarming || _isFaulty, _isAlarming, _isAlarming, _isPressed]);
        Feed.SetHealth(new LiveHealth
        {
            StepMedianMicros = 3.1,
            StepP99Micros = 7.4,
            BytesPerStep = _isMonitor ? double.NaN : 0,
            MissedDeadlines = 0,
            DroppedSamples = 0,
            Samples = _steps,
            MissingSamples = 0,
            Restarts = 0,
        });
        Feed.SetRun(new LiveRunState
        {
            IsPaused = _isPaused,
            Speed = _speed,
            NowSeconds = _steps / _rate,
            Seed = _seed,
            IsOver = Ending != null,
            Verdicts = Ending ?? [],
        });
    }

    private LiveDescription Describe()
    {
        LiveChannel[] channels = new LiveChannel[_channels];
        for (int i = 0; i < _channels; i++) channels[i] = new LiveChannel(_names[i], _units[i]);
        LivePin[] outputs = [new("led", "LED", "led", 27), new("alarm", "Alarm relay", "alarm", 17)];
        return new LiveDescription
        {
            Title = _isMonitor ? "Pump room" : "A run made of arithmetic",
            Source = _isMonitor ? "serial line" : $"seed {_seed}",
            IsSimulated = !_isMonitor,
            Channels = channels,
            RateHz = _rate,
            HiddenLayers = [new("gru1", 16), new("gru2", 8)],
            Pins = _isMonitor ? outputs : [.. outputs, new("buzzer", "Buzzer", "buzzer", 22), new("button", "Acknowledge", "button", 23)],
            Faults = _isMonitor ? [] : [new("bearing", "Bearing fault"), new("unplug", "Unplug sensor")],
            CanPause = !_isMonitor,
            CanSetSpeed = !_isMonitor,
            CanSetSeed = !_isMonitor,
            CanSetThreshold = !_isMonitor,
            CanAcknowledge = !_isMonitor,
            Seed = _seed,
        };
    }
}
