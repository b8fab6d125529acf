using System;

namespace EdgeRnn.Runtime;

// Windows and the encoder-decoder. What a window keeps lies in one piece of the saved memory:
// [ past inputs | collected answer | the decoder's next input ], each only where the settings need it.
public sealed partial class Session
{
    private int PastInputs => _model.Plan.WindowOffset;

    private int Collected(WindowSettings window)
    {
        return PastInputs + (window.KeepsInputs ? window.WindowLength * _model.Main.InputSize : 0);
    }

    private int DecoderInput(WindowSettings window, LayerGraph decoder)
    {
        return Collected(window) + window.DecoderSteps * decoder.OutputSize;
    }

    private int StepWindow(WindowSettings window, Array answer, int answerOffset)
    {
        LayerGraph main = _model.Main;
        int position = _counters[PositionCounter], status = 0;
        if (window.KeepsInputs)
            Array.Copy(_values, main.InputOffset, _values, PastInputs + position * main.InputSize, main.InputSize);
        if (!window.ReversedInput) status = StepMain(window, position);
        bool ready = window.Answer == WindowAnswer.EveryStep && (status & StepStatus.OutputReady) != 0;
        if (ready) main.CopyOutput(_values, answer, answerOffset);
        status &= ~StepStatus.OutputReady;

        position++;
        if (position == (window.WindowLength == 0 ? window.Hop : window.WindowLength))
        {
            if (window.ReversedInput) status |= ReadBackwards(window);
            ready |= AnswerWindow(window, answer, answerOffset);
            position = window.WindowLength == 0 ? 0 : StartNextWindow(window);
        }
        _counters[PositionCounter] = position;

        if (_model.Decoder != null) status |= Decode(window, _model.Decoder, answer, answerOffset);
        return ready ? status | StepStatus.OutputReady : status;
    }

    // One step of the main graph, its answer collected where all of them are wanted.
    private int StepMain(WindowSettings window, int frame)
    {
        LayerGraph main = _model.Main;
        int status = main.Step(_memory, _arrived);
        if (window.Answer == WindowAnswer.AllSteps)
            main.CopyOutput(_values, _values, Collected(window) + frame * main.OutputSize);
        return status;
    }

    private int ReadBackwards(WindowSettings window)
    {
        int status = 0;
        for (int frame = 0; frame < window.WindowLength; frame++)
            status |= StepPastInput(window, window.WindowLength - 1 - frame, frame);
        return status & ~StepStatus.OutputReady;
    }

    private int StepPastInput(WindowSettings window, int position, int frame)
    {
        LayerGraph main = _model.Main;
        Array.Copy(_values, PastInputs + position * main.InputSize, _values, main.InputOffset, main.InputSize);
        return StepMain(window, frame);
    }

    // Gives the answer of a model without a decoder, or starts the decoder.
    private bool AnswerWindow(WindowSettings window, Array answer, int answerOffset)
    {
        switch (window.Answer)
        {
            case WindowAnswer.LastStep:
                _model.Main.CopyOutput(_values, answer, answerOffset);
                return true;
            case WindowAnswer.AllSteps:
                Array.Copy(_values, Collected(window), answer, answerOffset, _model.OutputSize);
                return true;
            case WindowAnswer.Decoder:
                StartDecoder(window, _model.Decoder!);
                return false;
            default:
                return false;
        }
    }

    // The next window begins with the samples it shares with this one. Returns how many those are.
    private int StartNextWindow(WindowSettings window)
    {
        LayerGraph main = _model.Main;
        int shared = window.WindowLength - window.Hop;
        if (!window.CarriesState) main.Reset(_memory);
        if (shared == 0) return 0;
        Array.Copy(_values, PastInputs + window.Hop * main.InputSize, _values, PastInputs, shared * main.InputSize);
        if (window.ReversedInput) return shared;
        for (int position = 0; position < shared; position++) StepPastInput(window, position, position);
        return shared;
    }

    private void StartDecoder(WindowSettings window, LayerGraph decoder)
    {
        decoder.Reset(_memory);
        window.HandOverStates(_model.Main, decoder, _values);
        int at = DecoderInput(window, decoder);
        Array.Clear(_values, at, decoder.InputSize);
        SegmentList input = window.DecoderInput;
        for (int i = 0; i < input.Count; i++)
        {
            Array.Copy(_values, _model.Main.ValueOffsets[input.Values[i]] + input.Offsets[i], _values, at, input.Lengths[i]);
            at += input.Lengths[i];
        }
        _counters[DecoderCounter] = window.DecoderSteps;
    }

    // Runs what is due of the decoder: all of it, or this step's share.
    private int Decode(WindowSettings window, LayerGraph decoder, Array answer, int answerOffset)
    {
        int left = _counters[DecoderCounter], status = 0;
        if (left == 0) return 0;
        int due = window.DecoderStepsPerTick == 0 ? left : Math.Min(left, window.DecoderStepsPerTick);
        int input = DecoderInput(window, decoder), collected = Collected(window);
        for (; due > 0; due--, left--)
        {
            Array.Copy(_values, input, _values, decoder.InputOffset, decoder.InputSize);
            status |= decoder.Step(_memory, _decoderArrived) & ~StepStatus.OutputReady;
            int frame = window.ReversedTarget ? left - 1 : window.DecoderSteps - left;
            decoder.CopyOutput(_values, _values, collected + frame * decoder.OutputSize);
            if (window.Feedback == DecoderFeedback.Autoregressive) decoder.CopyOutput(_values, _values, input);
        }
        _counters[DecoderCounter] = left;
        if (left > 0) return status;
        Array.Copy(_values, collected, answer, answerOffset, _model.OutputSize);
        return status | StepStatus.OutputReady;
    }
}
