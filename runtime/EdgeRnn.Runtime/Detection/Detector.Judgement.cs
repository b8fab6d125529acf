using System;

namespace EdgeRnn.Runtime;

// What becomes of an answer: errors, a score, a verdict, a state.
public sealed partial class Detector
{
    // What a step's answer is worth, once the network has read the sample or what stands for it.
    private DetectorState Judge(int status)
    {
        int[] ints = _memory.Ints;
        bool hasAnswer = (status & StepStatus.OutputReady) != 0;
        bool isRestarted = (status & FixedScore.BadAnswer) != 0;
        if (isRestarted)
        {
            // The network started anew: nothing it says counts before it has settled.
            _source.Reset();
            hasAnswer = false;
            Increase(_at + Restarts);
            if (ints[_at + Settling] < _warmUpSteps) ints[_at + Settling] = _warmUpSteps;
        }
        bool isFaulty = isRestarted || _guard.IsAnyFaulty;
        if (isRestarted || _guard.HasToSettle)
        {
            if (ints[_at + Settling] < _recoverySteps) ints[_at + Settling] = _recoverySteps;
            ints[_at + Disturbed] = 1;
        }
        bool isBlind = isFaulty || ints[_at + Settling] > 0;
        if (!isFaulty && ints[_at + Settling] > 0) ints[_at + Settling]--;
        if (!isBlind) ints[_at + Disturbed] = 0;
        // A start that takes longer than a recovery is no reason to complain of sensors.
        if (ints[_at + Disturbed] == 0) ints[_at + BlindSteps] = 0;
        else if (ints[_at + Settling] <= _recoverySteps) ints[_at + BlindSteps] = Math.Min(ints[_at + BlindSteps], _maxBlindSteps) + 1;

        bool began = false;
        if (_source.Step(_inputs, _answers, hasAnswer, _errors)) began = TakeErrors(isBlind);
        AlarmBegan = began;
        return UpdateState(isBlind);
    }

    // The errors of this step are known.
    private bool TakeErrors(bool isBlind)
    {
        // Behind the errors of answers, where AddLevel is set.
        if (_errors.Length > _source.Size) Array.Copy(_inputs, 0, _errors, _source.Size, _inputs.Length);
        // What a fault brings about does not enter the averages, nor what may turn out to be one: they continue where they were.
        bool isDisturbed = _memory.Ints[_at + Disturbed] != 0 || _guard.IsAnyFaulty || _guard.IsAnyInDoubt;
        if (_smoothedErrors != null)
        {
            if (!isDisturbed) _smoothedErrors.Add(_errors, 0);
            for (int i = 0; i < _errors.Length; i++) _errors[i] = _smoothedErrors.Value(i);
        }
        if (_channelScale != null)
        {
            if (_channelScale.Count < _channelSteps)
            {
                if (isBlind || isDisturbed) return false;
                _channelScale.Learn(_errors);
                if (_channelScale.Count == _channelSteps) _channelScale.Finish();
                return false;
            }
            _channelScale.Apply(_errors);
        }
        int score = _combination.Combine(_errors, _parts, 1);
        if (_rootScores) score = (int)FixedScore.SquareRoot((long)score << FixedScore.Bits);
        _parts[0] = _memory.Ints[_at + Latest] = score;
        if (isDisturbed) return false;
        _smoothed.Add(_parts, 0);
        _memory.Ints[_at + Scored] = 1;
        if (isBlind) return false;
        if (!_limit.IsLearnt)
        {
            _limit.Learn(ScoreBits);
            return false;
        }
        bool beyond = _limit.Exceeds(ScoreBits, !_policy.IsActive);
        return _policy.Step(beyond, _limit.IsCalm);
    }

    private DetectorState UpdateState(bool isBlind)
    {
        _memory.Ints[_at + Blind] = isBlind ? 1 : 0;
        DetectorState state = DetectorState.Ready;
        if (_guard.IsAnyLost || _memory.Ints[_at + BlindSteps] > _maxBlindSteps) state = DetectorState.SensorFault;
        else if (_policy.IsActive) state = DetectorState.Alarm;
        else if (isBlind) state = DetectorState.WarmingUp;
        else if (!IsCalibrated) state = DetectorState.Calibrating;
        if (state == DetectorState.SensorFault && State != DetectorState.SensorFault) Increase(_at + Faults);
        _memory.Ints[_at + StateNow] = (int)state;
        return state;
    }

    private void Increase(int at)
    {
        if (_memory.Ints[at] < int.MaxValue) _memory.Ints[at]++;
    }
}
