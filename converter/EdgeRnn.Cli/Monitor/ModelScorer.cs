using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Firmware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>A model's detector over samples that come from elsewhere: the score is computed here.</summary>
internal sealed class ModelScorer
{
    private readonly Detector _detector;
    private readonly InputShares _shares;
    private readonly float[] _sample;
    private int[] _columns = [];

    /// <summary>Reads a model.</summary>
    /// <param name="path">An .ernn file with a detector.</param>
    /// <exception cref="CommandException">It cannot be read, or holds none.</exception>
    public ModelScorer(string path)
    {
        Path = path;
        Model = ModelFile.Load(path);
        DetectorSettings settings = Model.Detector ?? throw new CommandException($"{path}: holds no detector; " +
            $"run `edgernn calibrate {path} --data NORMAL.csv -o OUT.ernn` first");
        _detector = new Detector(Model, settings, false);
        _shares = new InputShares(_detector, settings);
        _sample = new float[Model.InputSize];
    }

    /// <summary>The model's file.</summary>
    public string Path { get; }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>Samples a second that the model was trained for; 0: it does not say.</summary>
    public double RateHz => _detector.PeriodMs > 0 ? 1000.0 / _detector.PeriodMs : 0;

    /// <summary>The network's inputs.</summary>
    public IReadOnlyList<LiveChannel> Channels => [.. Enumerable.Range(0, Model.InputSize).Select(input =>
        new LiveChannel(Converter.Detect.Channels.NameOf(Model, input), input < Model.InputUnits.Count ? Model.InputUnits[input] : ""))];

    /// <summary>The recurrent layers.</summary>
    public IReadOnlyList<LiveLayer> HiddenLayers => [.. Model.HiddenLayers.Select(layer => new LiveLayer(layer.Name, layer.OutputSize))];

    /// <summary>Finds the model's channels among columns, and starts the detector anew.</summary>
    /// <param name="source">For messages.</param>
    /// <param name="columns">Their names.</param>
    /// <exception cref="Converter.ConversionException">The columns do not fit the model.</exception>
    public void Bind(string source, IReadOnlyList<string> columns)
    {
        _columns = new CsvColumns(source, [.. columns], []).Pick(StepArrayOptions.ForInputOf(Model));
        _detector.Reset();
    }

    /// <summary>Makes a step.</summary>
    /// <param name="values">A number per column; NaN: missing.</param>
    /// <param name="step">Receives what came of it.</param>
    public void Score(IReadOnlyList<float> values, LiveStep step)
    {
        step.HasSample = false;
        for (int i = 0; i < _sample.Length; i++)
        {
            _sample[i] = step.Values[i] = values[_columns[i]];
            step.HasSample |= !float.IsNaN(_sample[i]);
        }
        step.State = (int)(step.HasSample ? _detector.Step(_sample, 0) : _detector.StepMissing());
        step.Score = _detector.HasScore ? _detector.Score : float.NaN;
        step.Threshold = _detector.ThresholdBits > 0 ? _detector.Threshold : float.NaN;
        step.IsAlarming = _detector.IsAlarming;
        for (int i = 0; i < _sample.Length; i++) step.Faults[i] = (int)_detector.FaultOf(i);
        _shares.CopyTo(step.Shares);
        _detector.CopyHiddenState(step.Hidden);
    }
}
