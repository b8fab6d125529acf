using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// The sensor of this device. Another one is this file and a model whose channels and units are those of the sensor: an MPU-6050 over I2C,
/// its acceleration in m/s2 and its temperature in degC, from its FIFO.
/// </summary>
public static class DeviceSensor
{
    /// <summary>Samples taken in a turn of the loop.</summary>
    public const int SamplesPerTurn = 5;

    /// <summary>
    /// Milliseconds from one sample to the next where the device collects data instead of watching: it writes a line per sample, which
    /// `edgernn record --port` takes. 0: it watches.
    /// </summary>
    public static int RecordPeriodMs => 0;

    /// <summary>Opens the sensor; whether it is there shows when the loop starts it.</summary>
    /// <param name="board">The board.</param>
    /// <param name="pins">Its bus.</param>
    /// <param name="periodMs">Milliseconds from one sample to the next, as the model was calibrated for; 0: not known.</param>
    /// <exception cref="BoardException">The bus cannot be opened.</exception>
    public static ISensor Open(IBoard board, BoardPins pins, int periodMs)
    {
        Mpu6050Settings settings = new Mpu6050Settings { UseRotation = false, UseTemperature = true };
        if (periodMs > 0) settings.PeriodMicros = 1000 * periodMs;
        return new Mpu6050(board.OpenI2c(pins.I2cBus, Mpu6050.Address, InvenSenseSensor.LongestTransfer), board.Clock, settings);
    }
}
