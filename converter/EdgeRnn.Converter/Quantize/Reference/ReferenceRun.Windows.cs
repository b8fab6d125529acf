using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Reference;

// Windows and the encoder-decoder, as FORMAT.md defines them in section WIND.
public sealed partial class ReferenceRun
{
    private double[] _past = [];                 // [windowLength, inputSize] where inputs are read again
    private double[] _collected = [];            // the answer under construction
    private double[] _decoderInput = [];
    private Segment[] _handedOver = [];
    private StateLink[] _links = [];
    private int _position;                       // samples of the window at hand
    private int _decoderStepsLeft;

    private void ReserveWindow(WindowPlan window)
    {
        bool keepsInputs = window.WindowLength > 0 && (window.ReversedInput || window.Hop < window.WindowLength);
        _past = new double[keepsInputs ? window.WindowLength * _main.Input.Length : 0];
        _collected = new double[_answer.Length];
        _decoderInput = new double[_decoder?.Input.Length ?? 0];
        _handedOver = [.. window.DecoderInput];
        _links = [.. window.StateLinks];
    }

    // Whether the answer is complete with this step.
    private bool StepWindow(WindowPlan window)
    {
        bool answered = false;
        if (_past.Length > 0) _main.Input.CopyTo(_past, _position * _main.Input.Length);
        if (!window.ReversedInput) answered = StepMain(window, _position) && window.Answer == WindowAnswer.EveryStep;
        if (answered) _main.CopyOutput(_answer);

        _position++;
        if (_position == (window.WindowLength == 0 ? window.Hop : window.WindowLength))
        {
            if (window.ReversedInput) ReadBackwards(window);
            answered |= EndWindow(window);
            _position = window.WindowLength == 0 ? 0 : StartNextWindow(window);
        }
        return answered | (_decoder != null && Decode(window, _decoder));
    }

    private bool StepMain(WindowPlan window, int frame)
    {
        bool arrived = _main.Step();
        if (window.Answer == WindowAnswer.AllSteps) _main.CopyOutput(_collected.AsSpan(frame * _main.OutputSize));
        return arrived;
    }

    private void StepPast(WindowPlan window, int position, int frame)
    {
        int size = _main.Input.Length;
        _past.AsSpan(position * size, size).CopyTo(_main.Input);
        StepMain(window, frame);
    }

    private void ReadBackwards(WindowPlan window)
    {
        for (int frame = 0; frame < window.WindowLength; frame++) StepPast(window, window.WindowLength - 1 - frame, frame);
    }

    private bool EndWindow(WindowPlan window)
    {
        switch (window.Answer)
        {
            case WindowAnswer.LastStep:
                _main.CopyOutput(_answer);
                return true;
            case WindowAnswer.AllSteps:
                _collected.CopyTo(_answer, 0);
                return true;
            case WindowAnswer.Decoder:
                StartDecoder(window, _decoder!);
                return false;
            default:
                return false;
        }
    }

    // The next window begins with the samples it shares with this one. Returns how many those are.
    private int StartNextWindow(WindowPlan window)
    {
        if (!window.CarriesState) _main.Reset();
        int size = _main.Input.Length, shared = window.WindowLength - window.Hop;
        if (shared == 0) return 0;
        _past.AsSpan(window.Hop * size, shared * size).CopyTo(_past);
        for (int position = 0; !window.ReversedInput && position < shared; position++) StepPast(window, position, position);
        return shared;
    }

    private void StartDecoder(WindowPlan window, ReferenceSubgraph decoder)
    {
        decoder.Reset();
        foreach (StateLink link in _links)
        {
            double[] source = StateOf(_main.LayerAt(link.MainNode), link.MainPart);
            source.CopyTo(StateOf(decoder.LayerAt(link.DecoderNode), link.DecoderPart), 0);
        }
        Array.Clear(_decoderInput);
        _main.Copy(_handedOver, _decoderInput);
        _decoderStepsLeft = window.DecoderSteps;
    }

    private bool Decode(WindowPlan window, ReferenceSubgraph decoder)
    {
        if (_decoderStepsLeft == 0) return false;
        int due = window.DecoderStepsPerTick == 0 ? _decoderStepsLeft : Math.Min(_decoderStepsLeft, window.DecoderStepsPerTick);
        for (; due > 0; due--, _decoderStepsLeft--)
        {
            _decoderInput.CopyTo(decoder.Input, 0);
            decoder.Step();
            int frame = window.ReversedTarget ? _decoderStepsLeft - 1 : window.DecoderSteps - _decoderStepsLeft;
            decoder.CopyOutput(_collected.AsSpan(frame * decoder.OutputSize));
            if (window.Feedback == DecoderFeedback.Autoregressive) decoder.CopyOutput(_decoderInput);
        }
        if (_decoderStepsLeft > 0) return false;
        _collected.CopyTo(_answer, 0);
        return true;
    }

    private static double[] StateOf(ReferenceLayer layer, StatePart part) => part == StatePart.Hidden ? layer.Output : layer.Cell;
}
